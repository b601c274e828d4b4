package dev.agentflags.rollout;

import dev.agentflags.guard.Bets;
import dev.agentflags.guard.BinaryBets;
import dev.agentflags.guard.BinaryMarginBets;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.HarmBudget;
import dev.agentflags.guard.Margin;
import dev.agentflags.guard.OrderedBets;
import dev.agentflags.guard.OrderedMarginBets;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.StartShares;
import dev.agentflags.guard.UserBets;
import dev.agentflags.guard.UserMarginBets;
import dev.agentflags.guard.UserToleranceBets;
import dev.agentflags.model.GuardMetric;
import java.util.Objects;

/**
 * Which bets a metric of a flag's guard is held against.
 *
 * <p>A margin that is set is both: within it a treatment is not stopped, and to go on it must be shown to be within it. Where
 * none is set, any difference stops a share, and 5 % more an amount; to go on, a share must be shown to be within the harm
 * budget, and an amount within 20 %.
 */
final class MetricBets {

    private static final double PERCENT = 100;

    /** Part by which an amount may be larger before it counts as worse, where no margin is set. */
    private static final double TOLERANCE = 0.05;

    /** Part within which an amount must be shown to be, where no margin is set. */
    private static final double SAFE = 0.20;

    private MetricBets() {}

    /** Bets on a share being worse. */
    static Bets worse(GuardMetric metric, boolean byUnit) {
        Margin tolerance = metric.hasMargin() ? margin(metric) : Margin.NONE;
        if (!byUnit) {
            return new BinaryBets(StartRate.UNKNOWN, tolerance);
        }
        return tolerance.equals(Margin.NONE)
                ? new UserBets(StartRate.UNKNOWN)
                : new UserToleranceBets(StartRate.UNKNOWN, tolerance);
    }

    /** Bets on a share being within its margin. */
    static Bets safe(GuardMetric metric, boolean byUnit, double harmBudget, double nextPercentage) {
        Margin margin = safeMargin(metric, harmBudget, nextPercentage);
        return byUnit ? new UserMarginBets(StartRate.UNKNOWN, margin) : new BinaryMarginBets(StartRate.UNKNOWN, margin);
    }

    /** Bets on an amount being worse. */
    static Bets worse(Bins bins) {
        return new OrderedBets(StartShares.of(bins));
    }

    /** Bets on an amount being within its margin. */
    static Bets safe(Bins bins) {
        return new OrderedMarginBets(StartShares.of(bins));
    }

    /** Returns within what a share must be shown to be. */
    static Margin safeMargin(GuardMetric metric, double harmBudget, double nextPercentage) {
        return metric.hasMargin()
                ? margin(metric)
                : new HarmBudget(harmBudget / PERCENT).marginBefore(nextPercentage / PERCENT);
    }

    private static Margin margin(GuardMetric metric) {
        return new Margin(
                Objects.requireNonNullElse(metric.margin(), 1.0),
                Objects.requireNonNullElse(metric.marginPoints(), 0.0) / PERCENT);
    }

    /** Returns by what part an amount may be larger without counting as worse. */
    static double tolerance(GuardMetric metric) {
        return metric.margin() == null ? TOLERANCE : metric.margin() - 1;
    }

    /** Returns within what part an amount must be shown to be. */
    static double safePart(GuardMetric metric) {
        return metric.margin() == null ? SAFE : metric.margin() - 1;
    }
}
