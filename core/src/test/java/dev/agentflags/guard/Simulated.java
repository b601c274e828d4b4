package dev.agentflags.guard;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Simulated rollouts with fixed seeds; the full-size ones are in the benchmarks.
 *
 * @param share the treatment's, at each event
 * @param control rate of bad outcomes at each event
 * @param treatment likewise
 */
record Simulated(IntToDoubleFunction share, IntToDoubleFunction control, IntToDoubleFunction treatment) {

    private static final double RANGE = 1L << 32;

    static Simulated constant(double control, double treatment, double share) {
        return new Simulated(event -> share, event -> control, event -> treatment);
    }

    static Simulated alike(double share, IntToDoubleFunction rate) {
        return new Simulated(event -> share, rate, rate);
    }

    /**
     * Where the evidence reached its limit, if it did.
     *
     * @param highest logarithm of the most evidence that there ever was
     */
    record Alarm(int event, int treated, double highest) {}

    /** Outcomes of one rollout, as they come. */
    interface Stream {

        /** Returns how many outcomes came, having added one unit to the block. */
        int next(int event, SplittableRandom random, Blocks blocks);
    }

    /** The open block, and the evidence. */
    static final class Blocks {

        private final int categories;
        private EProcess process;
        private long[] treatment;
        private long[] control;
        private int treatedUnits;
        private int units;
        private int treated;
        private double highest;

        Blocks(Bets bets) {
            this.categories = bets.categories();
            this.process = EProcess.start(bets);
            clear();
        }

        void add(boolean isTreated, int category, int outcomes) {
            (isTreated ? treatment : control)[category]++;
            units++;
            treatedUnits += isTreated ? 1 : 0;
            treated += isTreated ? outcomes : 0;
        }

        void clear() {
            treatment = new long[categories];
            control = new long[categories];
            treatedUnits = 0;
            units = 0;
        }

        boolean reaches(double logLimit) {
            if (treatedUnits == 0 || treatedUnits == units || !TickRule.isDue(units, process.seen(), 0)) {
                return false;
            }
            process = process.after(Counts.of(treatment, control));
            clear();
            highest = Math.max(highest, process.logEValue());
            return process.logEValue() >= logLimit;
        }
    }

    static Alarm[] runs(int count, int horizon, Bets bets, double alpha, Stream stream) {
        return IntStream.range(0, count)
                .mapToObj(run -> run(horizon, bets, alpha, stream, run))
                .toArray(Alarm[]::new);
    }

    private static Alarm run(int horizon, Bets bets, double alpha, Stream stream, int run) {
        var random = new SplittableRandom(new SplittableRandom(41L + ((long) run << 32)).nextLong());
        var blocks = new Blocks(bets);
        for (int event = 0; event < horizon; ) {
            event += stream.next(event, random, blocks);
            if (blocks.reaches(-Math.log(alpha))) {
                return new Alarm(event, blocks.treated, blocks.highest);
            }
        }
        return new Alarm(Integer.MAX_VALUE, Integer.MAX_VALUE, blocks.highest);
    }

    /** Single outcomes, good or bad, of this world. */
    Stream outcomes() {
        return (event, random, blocks) -> {
            if (event > 0 && share.applyAsDouble(event) != share.applyAsDouble(event - 1)) {
                blocks.clear();
            }
            long bits = random.nextLong();
            boolean treated = (bits >>> 32) < share.applyAsDouble(event) * RANGE;
            double rate = (treated ? treatment : control).applyAsDouble(event);
            blocks.add(treated, (bits & 0xFFFF_FFFFL) < rate * RANGE ? 1 : 0, 1);
            return 1;
        };
    }

    /**
     * Users of this world with a geometric number of outcomes, five in the mean. A user's outcomes are all alike with this
     * probability, all bad or all good, and independent otherwise: their correlation.
     */
    Stream users(double correlation) {
        return (event, random, blocks) -> {
            boolean treated = random.nextDouble() < share.applyAsDouble(event);
            double rate = (treated ? treatment : control).applyAsDouble(event);
            int turns = 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(0.8));
            double own = random.nextDouble() < correlation ? (random.nextDouble() < rate ? 1 : 0) : rate;
            UserOutcome user = UserOutcome.NONE;
            for (int turn = 0; turn < Math.min(turns, UserOutcome.MAX_SEEN); turn++) {
                user = user.with(random.nextDouble() < own);
            }
            blocks.add(treated, user.category(), turns);
            return turns;
        };
    }

    /** The turns of the same users, each as if it were of another. */
    Stream loneTurns(double correlation) {
        return (event, random, blocks) -> {
            boolean treated = random.nextDouble() < share.applyAsDouble(event);
            double rate = (treated ? treatment : control).applyAsDouble(event);
            int turns = 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(0.8));
            double own = random.nextDouble() < correlation ? (random.nextDouble() < rate ? 1 : 0) : rate;
            for (int turn = 0; turn < turns; turn++) {
                blocks.add(treated, random.nextDouble() < own ? 1 : 0, 1);
            }
            return turns;
        };
    }

    /** Latencies, lognormal with a standard deviation of 1, those of the treatment so many times as long. */
    static Stream latencies(double share, double factor, double tolerance, Bins bins) {
        return (event, random, blocks) -> {
            boolean treated = random.nextDouble() < share;
            double latency = Math.exp(random.nextGaussian());
            blocks.add(treated, treated ? bins.category(factor * latency, tolerance) : bins.category(latency), 1);
            return 1;
        };
    }

    static Bins latencyBins() {
        var random = new SplittableRandom(40);
        return Bins.fromControl(random.doubles(20_000)
                .map(unused -> Math.exp(random.nextGaussian()))
                .toArray());
    }

    /** Returns which part of the runs ever had evidence of 1/α. */
    static double share(double alpha, Alarm... alarms) {
        return Arrays.stream(alarms)
                        .filter(alarm -> alarm.highest() >= -Math.log(alpha))
                        .count()
                / (double) alarms.length;
    }

    static int treated(double quantile, Alarm... alarms) {
        int[] sorted = Arrays.stream(alarms).mapToInt(Alarm::treated).sorted().toArray();
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }
}
