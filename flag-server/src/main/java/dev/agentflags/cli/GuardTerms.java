package dev.agentflags.cli;

import dev.agentflags.guard.HarmBudget;
import dev.agentflags.guard.Levels;
import dev.agentflags.guard.Margin;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a guard compares a share of outcomes.
 *
 * @param alpha the probability that a harmless rollout is stopped, over all metrics
 * @param alphaAdvance the probability that a stage just beyond the margin is taken for safe
 * @param harmBudget extra bad outcomes in all traffic that are acceptable, in percentage points
 * @param margin how much worse is still good enough; null for nothing to be stopped, and the harm budget to go on
 * @param weight the metric's part of alpha, above 0 and at most 1
 */
record GuardTerms(
        double alpha,
        double alphaAdvance,
        double harmBudget,
        @Nullable Margin margin,
        double weight) {

    static final GuardTerms DEFAULT =
            new GuardTerms(Levels.DEFAULT.kill(), Levels.DEFAULT.advance(), 100 * HarmBudget.DEFAULT.points(), null, 1);

    private static final Set<String> SHARES = Set.of("error", "bad_feedback", "tool_error");

    /** Returns what a flag's definition says, in its first metric that is a share of outcomes. */
    static GuardTerms of(@Nullable FlagValue definition) {
        FlagValue guard = field(definition, "guard");
        List<FlagValue> metrics = field(guard, "metrics") instanceof Sequence sequence ? sequence.items() : List.of();
        FlagValue metric = metrics.stream()
                .filter(one -> field(one, "name") instanceof Text name && SHARES.contains(name.value()))
                .findFirst()
                .orElse(null);
        double weights =
                metrics.stream().mapToDouble(one -> number(one, "weight", 1)).sum();
        return new GuardTerms(
                number(guard, "alpha", DEFAULT.alpha()),
                number(guard, "alpha_advance", DEFAULT.alphaAdvance()),
                number(guard, "harm_budget", DEFAULT.harmBudget()),
                margin(metric),
                metric == null ? 1 : number(metric, "weight", 1) / weights);
    }

    private static @Nullable Margin margin(@Nullable FlagValue metric) {
        double ratio = number(metric, "margin", 1);
        double points = number(metric, "margin_points", 0);
        Margin margin = new Margin(ratio, points / 100);
        return margin.equals(Margin.NONE) ? null : margin;
    }

    private static @Nullable FlagValue field(@Nullable FlagValue object, String name) {
        return object instanceof Structure structure ? structure.fields().get(name) : null;
    }

    private static double number(@Nullable FlagValue object, String name, double otherwise) {
        FlagValue value = field(object, name);
        if (value instanceof Whole whole) {
            return whole.value();
        }
        return value instanceof Decimal decimal ? decimal.value() : otherwise;
    }

    /** Returns these terms with other levels where they are given. */
    GuardTerms with(@Nullable Double alphaPercent, @Nullable Double budgetPoints) {
        return new GuardTerms(
                alphaPercent == null ? alpha : alphaPercent / 100,
                alphaAdvance,
                budgetPoints == null ? harmBudget : budgetPoints,
                margin,
                weight);
    }

    /** Returns how sure this metric alone has to be: the others are taken to have no evidence, which is 1. */
    Levels levels() {
        double limit = (1 / alpha - (1 - weight)) / weight;
        return new Levels(1 / limit, alphaAdvance, Levels.DEFAULT.minTreated());
    }

    /** Returns how much worse is still not stopped. */
    Margin tolerance() {
        return margin == null ? Margin.NONE : margin;
    }

    /**
     * Returns within what a stage must be shown to be before the next is entered.
     *
     * @param nextShare of the next stage, above 0 and at most 1
     */
    Margin marginBefore(double nextShare) {
        return margin == null ? new HarmBudget(harmBudget / 100).marginBefore(nextShare) : margin;
    }
}
