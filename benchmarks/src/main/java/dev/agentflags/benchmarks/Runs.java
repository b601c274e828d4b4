package dev.agentflags.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Many runs of one simulation, each with a seed of its own that depends on nothing but its number.
 *
 * @param count how many
 * @param watch is told of each that has ended
 */
record Runs(int count, Watch watch) {

    static final long SEED = 20_261_122L;

    /** Two numbers of 32 bits are drawn from each of 64. */
    private static final double RANGE = 1L << 32;

    /** Returns what each run came to, in order. Runs share the threads of the caller's pool. */
    <T> List<T> map(Function<SplittableRandom, T> run) {
        return IntStream.range(0, count).parallel().mapToObj(i -> one(i, run)).toList();
    }

    private <T> T one(int number, Function<SplittableRandom, T> run) {
        T result = run.apply(random(number));
        watch.ran();
        return result;
    }

    /** Returns one number for each run, in order. */
    double[] of(ToDoubleFunction<SplittableRandom> run) {
        return IntStream.range(0, count)
                .parallel()
                .mapToDouble(i -> this.<Double>one(i, run::applyAsDouble))
                .toArray();
    }

    private static SplittableRandom random(int run) {
        return new SplittableRandom(new SplittableRandom(SEED ^ ((long) run << 32)).nextLong());
    }

    /** Returns, for each run, how many treated outcomes there were when the rule raised its alarm; infinite if it did not. */
    double[] delays(World world, int horizon, Supplier<? extends StoppingRule> rule) {
        return of(random -> delay(world, 0, horizon, rule.get(), random));
    }

    /**
     * Returns the same, counted from an event before which the treatment is not worse; 0 if the alarm came before it.
     *
     * @param world as it is from that event on
     */
    double[] delaysAfter(int onset, World world, int horizon, Supplier<? extends StoppingRule> rule) {
        return of(random -> delay(world, onset, horizon, rule.get(), random));
    }

    private static double delay(World world, int onset, int horizon, StoppingRule rule, SplittableRandom random) {
        int treated = 0;
        double shareBefore = world.share().at(0);
        for (int event = 0; event < horizon; event++) {
            double share = world.share().at(event);
            if (share != shareBefore) {
                rule.newStage();
                shareBefore = share;
            }
            long bits = random.nextLong();
            boolean isTreated = (bits >>> 32) < share * RANGE;
            double control = world.control().at(event);
            double rate = isTreated && event >= onset ? world.treatment().to(control) : control;
            treated += isTreated && event >= onset ? 1 : 0;
            if (rule.alarms(isTreated, (bits & 0xFFFF_FFFFL) < rate * RANGE)) {
                return treated;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Returns, for each run, the logarithm of the most evidence that there ever was, up to the rule's own limit. */
    double[] highest(World world, int horizon, Supplier<GuardRule> guard) {
        return of(random -> {
            GuardRule rule = guard.get();
            delay(world, 0, horizon, rule, random);
            return rule.highest();
        });
    }

    /** Returns which part of the runs had evidence of 1/α. */
    static double alarms(double[] highest, double alpha) {
        int alarms = 0;
        for (double log : highest) {
            alarms += log >= -Math.log(alpha) ? 1 : 0;
        }
        return (double) alarms / highest.length;
    }

    /** Returns which part of the runs had an alarm at all. */
    static double alarms(double... delays) {
        int alarms = 0;
        for (double delay : delays) {
            alarms += Double.isInfinite(delay) ? 0 : 1;
        }
        return (double) alarms / delays.length;
    }
}
