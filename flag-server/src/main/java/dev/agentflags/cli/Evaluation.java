package dev.agentflags.cli;

import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.evaluation.Explanation;
import dev.agentflags.model.KillSwitch;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flags evaluated for one person.
 *
 * @param keys of flags that are in the document
 */
record Evaluation(Session session, Loaded document, Collection<String> keys) {

    /** Prints what the person gets, and returns the exit status. */
    int print(Person person, boolean json) {
        Evaluator evaluator = document.evaluator();
        List<Explanation> explanations =
                keys.stream().map(key -> evaluator.explain(key, person)).toList();
        if (json) {
            session.out().println(json(person, explanations, evaluator));
        } else if (explanations.isEmpty()) {
            session.out().println(document.name() + " has no flags");
        } else {
            table(explanations, evaluator).print(session.out(), session.screen());
        }
        boolean failed = explanations.stream()
                .anyMatch(explanation -> Answer.of(explanation.resolution()).isError());
        return failed ? Exit.PROBLEMS : Exit.DONE;
    }

    private static Table table(List<Explanation> explanations, Evaluator evaluator) {
        var table = new Table(List.of(
                Column.text("FLAG"),
                Column.longText("VALUE"),
                Column.text("VARIANT"),
                Column.text("REASON"),
                Column.text("BUCKET"),
                Column.longText("NOTE")));
        for (Explanation explanation : explanations) {
            Answer answer = Answer.of(explanation.resolution());
            table.row(List.of(
                    Cell.of(explanation.key()),
                    answer.valueCell(),
                    answer.variantCell(),
                    answer.reasonCell(),
                    bucket(explanation),
                    Cell.of(note(answer, killReason(explanation.key(), evaluator)))));
        }
        return table;
    }

    private static String note(Answer answer, @Nullable String killReason) {
        String note = answer.isKilled() ? killReason : answer.message();
        return note == null ? "" : note;
    }

    private static @Nullable String killReason(String key, Evaluator evaluator) {
        KillSwitch killSwitch = evaluator.killed().get(key);
        return killSwitch == null ? null : killSwitch.reason();
    }

    private static Cell bucket(Explanation explanation) {
        Double bucket = explanation.bucket();
        Double percentage = explanation.percentage();
        return bucket == null || percentage == null ? Cell.NONE : Cell.of(Percent.bucket(bucket, percentage));
    }

    private JsonObject json(Person person, List<Explanation> explanations, Evaluator evaluator) {
        var answers = new JsonObject();
        for (Explanation explanation : explanations) {
            Answer answer = Answer.of(explanation.resolution());
            JsonObject object = answer.addTo(new JsonObject());
            if (answer.isKilled()) {
                object.put("kill_reason", killReason(explanation.key(), evaluator));
            }
            answers.put(
                    explanation.key(),
                    object.put("bucket", explanation.bucket()).put("percentage", explanation.percentage()));
        }
        return new JsonObject()
                .put("user", person.user())
                .put("plan", person.plan())
                .put("serial", document.serial())
                .put("flags", answers);
    }
}
