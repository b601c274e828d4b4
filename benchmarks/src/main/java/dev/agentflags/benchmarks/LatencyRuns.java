package dev.agentflags.benchmarks;

import dev.agentflags.guard.Bets;
import dev.agentflags.guard.Bins;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Many runs of latencies that are lognormal with a standard deviation of 1, in bins that a thousand outcomes of the control
 * have frozen.
 *
 * @param runs how many
 */
record LatencyRuns(Runs runs) {

    /** What the new behaviour does to a latency. */
    interface Harm {

        /**
         * Returns the latency.
         *
         * @param z the logarithm of what it would have been
         */
        double latency(double z, SplittableRandom random);
    }

    /** Every latency is multiplied. */
    static Harm times(double factor) {
        return (z, random) -> factor * Math.exp(z);
    }

    /** A part of the calls, whichever they are, take so many times as long. */
    static Harm someTake(double part, double factor) {
        return (z, random) -> (random.nextDouble() < part ? factor : 1) * Math.exp(z);
    }

    /** Calls that are slow anyway, above a normal quantile, take so many times as long. */
    static Harm slowestTake(double quantile, double factor) {
        return (z, random) -> (z > quantile ? factor : 1) * Math.exp(z);
    }

    /**
     * Returns, for each run, how many treated outcomes there were when the evidence was reached; infinite if it was not.
     *
     * @param tolerance by which the treatment's latencies are divided, beyond 1
     */
    double[] delays(Harm harm, double share, int horizon, double tolerance, Function<Bins, Bets> bets, double alpha) {
        return runs.of(random -> {
            Bins bins = Bins.fromControl(random.doubles(Bins.MIN_OUTCOMES)
                    .map(unused -> Math.exp(random.nextGaussian()))
                    .toArray());
            var rule = new GuardRule(bets.apply(bins), alpha);
            int treated = 0;
            for (int event = 0; event < horizon; event++) {
                boolean isTreated = random.nextDouble() < share;
                double z = random.nextGaussian();
                treated += isTreated ? 1 : 0;
                int category =
                        isTreated ? bins.category(harm.latency(z, random), tolerance) : bins.category(Math.exp(z));
                if (rule.alarms(isTreated, category)) {
                    return treated;
                }
            }
            return Double.POSITIVE_INFINITY;
        });
    }
}
