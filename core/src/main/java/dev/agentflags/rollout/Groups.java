package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.UserOutcome;

/** How many units of an arm there are, and how many of them met something bad. */
final class Groups {

    /** An amount above this quantile of the control is told as a large one. */
    private static final double LARGE = 0.95;

    private Groups() {}

    static GuardReport.Group of(MetricWatch watch, Arm arm) {
        var evidence = watch.worse();
        if (evidence == null) {
            return new GuardReport.Group(arm == Arm.CONTROL ? watch.warmUp().gathered() : 0, 0, null);
        }
        Counts counted = evidence.counted();
        Bins bins = watch.bins();
        if (bins != null) {
            return large(counted, arm, bins, MetricBets.tolerance(watch.metric()));
        }
        return new GuardReport.Group(
                counted.units(arm), watch.byUnit() ? badUsers(counted, arm) : counted.count(arm, 1), null);
    }

    private static long badUsers(Counts counted, Arm arm) {
        long bad = counted.units(arm);
        for (int seen = 1; seen <= UserOutcome.MAX_SEEN; seen++) {
            bad -= counted.count(arm, new UserOutcome(seen, 0).category());
        }
        return bad;
    }

    private static GuardReport.Group large(Counts counted, Arm arm, Bins bins, double tolerance) {
        int edge = 0;
        while (edge < bins.quantiles().size() - 1 && bins.quantiles().get(edge) < LARGE) {
            edge++;
        }
        long large = 0;
        for (int k = edge + 1; k < bins.categories(); k++) {
            large += counted.count(arm, k);
        }
        double above = bins.edges().get(edge) * (arm == Arm.TREATMENT ? 1 + tolerance : 1);
        return new GuardReport.Group(counted.units(arm), large, above);
    }

    /** Returns how many units of the new behaviour speak for leaving the present stage. */
    static long treatedInStage(MetricWatch watch) {
        var safe = watch.safe();
        return safe == null ? 0 : safe.counted().units(Arm.TREATMENT);
    }
}
