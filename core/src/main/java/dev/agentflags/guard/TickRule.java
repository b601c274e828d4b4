package dev.agentflags.guard;

import java.time.Duration;

/**
 * When the outcomes that have arrived are made a block and bet on.
 *
 * <p>Validity asks one thing of the rule: that it does not look at whether an outcome of the <em>treatment</em> was bad. This
 * one looks at numbers and time only. Short blocks keep the assumption that all of a block share one environment; a block
 * of a few outcomes loses a little power, since the arms' shares in it are taken as given.
 */
public final class TickRule {

    /** No block is smaller than this. */
    public static final int MIN_OUTCOMES = 8;

    /** A block of this many outcomes need not wait any longer. */
    public static final int ENOUGH_OUTCOMES = 100;

    /** Nor need one that adds this part to all that was seen before. */
    public static final double ENOUGH_GROWTH = 0.05;

    /** Nor one that has been open for this long. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private static final long MAX_WAIT_NANOS = MAX_WAIT.toNanos();

    private TickRule() {}

    /**
     * Returns whether the open block is to be closed.
     *
     * @param fresh outcomes in the open block
     * @param seen outcomes in all blocks before it
     * @param nanosOpen how long ago the last block was closed, in nanoseconds
     */
    public static boolean isDue(long fresh, long seen, long nanosOpen) {
        return fresh >= MIN_OUTCOMES
                && (fresh >= ENOUGH_OUTCOMES || fresh >= ENOUGH_GROWTH * seen || nanosOpen >= MAX_WAIT_NANOS);
    }
}
