package dev.agentflags.rollout;

import dev.agentflags.guard.Evidence;
import dev.agentflags.guard.Levels;
import dev.agentflags.guard.Verdict;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the evidence of all metrics of a rollout comes to. */
final class Judgement {

    private Judgement() {}

    /**
     * Returns the weighted average of the evidence, to which only those metrics add that ask for {@code action} or more: an action is
     * taken on the evidence of metrics that ask for it, and an average over all of them keeps α for all of them together.
     */
    static double evidence(List<MetricWatch> watches, Action action) {
        double sum = 0;
        for (MetricWatch watch : watches) {
            if (asksFor(watch, action)) {
                sum += watch.metric().weight() * eValue(watch);
            }
        }
        return sum / weights(watches);
    }

    /** Returns the metric that adds most to that evidence. */
    static MetricWatch cause(List<MetricWatch> watches, Action action) {
        return watches.stream()
                .filter(watch -> asksFor(watch, action))
                .max(Comparator.comparingDouble(watch -> Math.log(watch.metric().weight()) + logEValue(watch)))
                .orElseThrow();
    }

    private static boolean asksFor(MetricWatch watch, Action action) {
        return watch.metric().action().compareTo(action) >= 0;
    }

    static double weights(List<MetricWatch> watches) {
        return watches.stream().mapToDouble(watch -> watch.metric().weight()).sum();
    }

    private static double eValue(MetricWatch watch) {
        return Math.exp(logEValue(watch));
    }

    /** A metric that has nothing to compare with yet has the evidence that all begin with: 1. */
    private static double logEValue(MetricWatch watch) {
        Evidence worse = watch.worse();
        return worse == null ? 0 : worse.process().logEValue();
    }

    /** Whether every metric has been shown to be within its margin, in the present stage. */
    static boolean isSafe(List<MetricWatch> watches, Guard guard, long minUnits) {
        List<Verdict.Metric> metrics = new ArrayList<>();
        for (MetricWatch watch : watches) {
            Evidence worse = watch.worse();
            if (worse == null) {
                return false;
            }
            metrics.add(new Verdict.Metric(
                    watch.metric().name().name(), watch.metric().weight(), worse, watch.safe()));
        }
        return Verdict.on(metrics, new Levels(guard.alpha(), guard.alphaAdvance(), minUnits)) instanceof Verdict.Safe;
    }
}
