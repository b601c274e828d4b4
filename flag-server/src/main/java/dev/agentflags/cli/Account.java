package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.document.JsonText;
import dev.agentflags.evaluation.Explanation;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.InvalidFlag;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation in words: the ten rows, what decided, the bucket and the serial. */
record Account(Person person, Explanation explanation, Answer answer) {

    /** Prints the account of a flag that could be read. */
    void print(PrintWriter out, Screen screen) {
        out.println(screen.out().apply(Tone.STRONG, Printable.of(explanation.key())) + " for " + who());
        out.println();
        rows().print(out, screen);
        out.println();
        out.println("Row " + decisive() + " decides: " + conclusion(screen.out()));
        Double percentage = explanation.percentage();
        if (percentage != null) {
            out.println("Bucket: " + bucket(explanation.bucket(), percentage));
        }
        if (explanation.serial() != null) {
            out.println("Serial: " + explanation.serial());
        }
    }

    /** Prints the account of a definition with errors: no row of the table is reached. */
    void printInvalid(InvalidFlag flag, PrintWriter out, Paint paint) {
        out.println(Printable.of(flag.key()) + " has a definition with errors: " + conclusion(paint));
        out.println(Printable.of(flag.problem()));
    }

    private String who() {
        List<String> parts = new ArrayList<>();
        parts.add(person.user() == null ? "nobody in particular" : "user " + quoted(person.user()));
        if (person.plan() != null) {
            parts.add("plan " + quoted(person.plan()));
        }
        person.attributes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> parts.add(Printable.of(entry.getKey() + " " + JsonText.write(entry.getValue()))));
        return String.join(", ", parts);
    }

    private static String quoted(String text) {
        return Printable.of(JsonText.write(new FlagValue.Text(text)));
    }

    private Table rows() {
        var table = new Table(
                List.of(Column.text(""), Column.number("ROW"), Column.text("LOOKS AT"), Column.longText("FINDS")));
        int reached = 0;
        for (Explanation.Step step : explanation.steps()) {
            boolean again = step.number() == reached;
            Tone tone = step.decided() ? Tone.STRONG : Tone.NORMAL;
            table.row(List.of(
                    new Cell(step.decided() ? "→" : "", tone),
                    new Cell(again ? "" : "" + step.number(), tone),
                    new Cell(again ? "" : step.title(), tone),
                    new Cell(step.finding(), tone)));
            reached = step.number();
        }
        addUnreached(reached, table);
        return table;
    }

    private static void addUnreached(int reached, Table table) {
        List<String> titles = Explanation.titles();
        for (int row = reached + 1; row <= titles.size(); row++) {
            table.row(List.of(
                    Cell.EMPTY,
                    new Cell("" + row, Tone.FAINT),
                    new Cell(titles.get(row - 1), Tone.FAINT),
                    new Cell("not reached", Tone.FAINT)));
        }
    }

    private String conclusion(Paint paint) {
        if (answer.error() != null) {
            return "error " + answer.error() + ", so callers get their own default";
        }
        if (answer.value() == null) {
            return "callers get their own default, reason " + answer.reason();
        }
        String value = paint.apply(Tone.STRONG, Printable.of(JsonText.write(answer.value())));
        return "%s, variant %s, reason %s".formatted(value, Printable.of("" + answer.variant()), answer.reason());
    }

    private static String bucket(@Nullable Double bucket, double percentage) {
        return bucket == null
                ? "none, there is nothing to bucket by"
                : Percent.bucket(bucket, percentage).strip();
    }

    /** Returns the number of the row that decided. */
    private @Nullable Long decisive() {
        return explanation.steps().stream()
                .filter(Explanation.Step::decided)
                .map(step -> (long) step.number())
                .findFirst()
                .orElse(null);
    }

    /** Returns the explanation as JSON. */
    JsonObject json() {
        var object = new JsonObject()
                .put("flag", explanation.key())
                .put("user", person.user())
                .put("plan", person.plan())
                .put("serial", explanation.serial());
        return answer.addTo(object)
                .put("bucket", explanation.bucket())
                .put("percentage", explanation.percentage())
                .put("decided_by", decisive())
                .put("steps", explanation.steps().stream().map(Account::json).toList());
    }

    private static JsonObject json(Explanation.Step step) {
        return new JsonObject()
                .put("row", (Long) (long) step.number())
                .put("title", step.title())
                .put("finding", step.finding())
                .put("decided", step.decided());
    }
}
