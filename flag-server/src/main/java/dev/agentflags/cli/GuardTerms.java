package dev.agentflags.cli;

import dev.agentflags.guard.HarmBudget;
import dev.agentflags.guard.Levels;
import dev.agentflags.guard.Margin;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric;
import java.util.Objects;
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

    /** Returns what a flag's guard says, of its first metric that is a share of outcomes. */
    static GuardTerms of(@Nullable Guard guard) {
        if (guard == null) {
            return DEFAULT;
        }
        GuardMetric metric = guard.metrics().stream()
                .filter(one -> !one.name().isAmount())
                .findFirst()
                .orElse(null);
        double weights =
                guard.metrics().stream().mapToDouble(GuardMetric::weight).sum();
        return new GuardTerms(
                guard.alpha(),
                guard.alphaAdvance(),
                guard.harmBudget(),
                metric == null || !metric.hasMargin() ? null : margin(metric),
                metric == null ? 1 : metric.weight() / weights);
    }

    private static Margin margin(GuardMetric metric) {
        return new Margin(
                Objects.requireNonNullElse(metric.margin(), 1.0),
                Objects.requireNonNullElse(metric.marginPoints(), 0.0) / 100);
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
