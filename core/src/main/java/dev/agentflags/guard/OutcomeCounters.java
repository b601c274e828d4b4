package dev.agentflags.guard;

import java.util.concurrent.atomic.LongAdder;

/**
 * One process's counters of one metric in one stage of a rollout.
 *
 * <p>An outcome is counted in the stage of its <em>decision</em>, not of its arrival. Counting allocates nothing. Safe for
 * use by many threads; counts that are read while others are being made may or may not contain those.
 */
public final class OutcomeCounters {

    private final LongAdder[] treatment;
    private final LongAdder[] control;

    /** Makes counters of zero. */
    public OutcomeCounters(int categories) {
        this.treatment = adders(categories);
        this.control = adders(categories);
    }

    private static LongAdder[] adders(int categories) {
        var adders = new LongAdder[categories];
        for (int k = 0; k < categories; k++) {
            adders[k] = new LongAdder();
        }
        return adders;
    }

    /**
     * Counts one outcome.
     *
     * @param category from 0, the best
     */
    public void count(Arm arm, int category) {
        (arm == Arm.TREATMENT ? treatment : control)[category].increment();
    }

    /** Returns what has been counted so far. */
    public Counts counts() {
        return Counts.of(sums(treatment), sums(control));
    }

    private static long[] sums(LongAdder[] adders) {
        long[] sums = new long[adders.length];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = adders[k].sum();
        }
        return sums;
    }
}
