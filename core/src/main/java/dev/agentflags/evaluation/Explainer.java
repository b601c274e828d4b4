package dev.agentflags.evaluation;

import dev.agentflags.evaluation.Step.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through a flag's steps as {@link CompiledFlag#resolve} does, and writes down what it sees. */
final class Explainer {

    private final CompiledFlag flag;
    private final Subject subject;
    private final Resolution resolution;
    private final List<Explanation.Step> steps = new ArrayList<>();

    private Explainer(CompiledFlag flag, Subject subject) {
        this.flag = flag;
        this.subject = subject;
        this.resolution = flag.resolve(subject);
    }

    static Explanation explain(CompiledFlag flag, Subject subject, @Nullable Long serial) {
        var explainer = new Explainer(flag, subject);
        explainer.walk();
        Steps.Share share = explainer.share();
        return new Explanation(
                flag.key(),
                explainer.resolution,
                explainer.steps,
                share == null ? null : share.bucket(subject),
                share == null ? null : share.percentage(),
                serial);
    }

    private void walk() {
        for (Row row : Row.values()) {
            List<Step> present =
                    flag.steps().stream().filter(step -> step.row() == row).toList();
            if (present.isEmpty()) {
                note(row, row.absent(), false);
            }
            for (Step step : present) {
                boolean decided = step.decide(subject.user(), subject) != null;
                note(row, step.explain(subject), decided);
                if (decided) {
                    return;
                }
            }
        }
    }

    private void note(Row row, String finding, boolean decided) {
        steps.add(new Explanation.Step(row.number(), row.title(), finding, decided));
    }

    private Steps.@Nullable Share share() {
        return flag.steps().stream()
                .filter(Steps.Share.class::isInstance)
                .map(Steps.Share.class::cast)
                .findFirst()
                .orElse(null);
    }
}
