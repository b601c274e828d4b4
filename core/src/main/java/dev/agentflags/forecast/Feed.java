package dev.agentflags.forecast;

import dev.agentflags.guard.Counts;
import dev.agentflags.guard.TickRule;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of a simulated rollout, in blocks. Not safe for use by many threads.
 *
 * <p>The first are drawn one by one, and later ones in blocks of a small part of all that came before, so that a rollout of
 * millions takes hundreds of blocks.
 */
final class Feed {

    private static final long ONE_BY_ONE = 2_000;
    private static final double STEP = 0.05;

    private final double control;
    private final double treatment;
    private final SplittableRandom random;
    private long[] treatmentOpen = new long[2];
    private long[] controlOpen = new long[2];
    private long open;
    private long treatedOpen;
    private long outcomes;
    private long treated;

    /**
     * Makes a feed.
     *
     * @param control rate of bad outcomes without the new behaviour
     * @param treatment the same with it
     */
    Feed(double control, double treatment, SplittableRandom random) {
        this.control = control;
        this.treatment = treatment;
        this.random = random;
    }

    /**
     * Draws some more outcomes, and returns a block if one is to be closed now, or else null.
     *
     * @param share of outcomes that meet the new behaviour
     */
    @Nullable
    Counts next(double share) {
        boolean single = outcomes < ONE_BY_ONE;
        long drawn = single ? 1 : Math.max(TickRule.ENOUGH_OUTCOMES, (long) (STEP * outcomes));
        long drawnTreated = draw(drawn, share);
        long treatedBad = draw(drawnTreated, treatment);
        long controlsBad = draw(drawn - drawnTreated, control);
        treatmentOpen[1] += treatedBad;
        treatmentOpen[0] += drawnTreated - treatedBad;
        controlOpen[1] += controlsBad;
        controlOpen[0] += drawn - drawnTreated - controlsBad;
        long seen = outcomes - open;
        open += drawn;
        treatedOpen += drawnTreated;
        outcomes += drawn;
        treated += drawnTreated;
        if (treatedOpen == 0 || treatedOpen == open || !TickRule.isDue(open, seen, 0)) {
            return null;
        }
        Counts block = Counts.of(treatmentOpen, controlOpen);
        clear();
        return block;
    }

    private long draw(long n, double p) {
        return n == 1 ? (random.nextDouble() < p ? 1 : 0) : Binomial.draw(n, p, random);
    }

    /** Leaves out what is in the open block, as at the end of a stage. */
    void clear() {
        treatmentOpen = new long[2];
        controlOpen = new long[2];
        open = 0;
        treatedOpen = 0;
    }

    /** Returns how many outcomes there were, of both arms. */
    long outcomes() {
        return outcomes;
    }

    /** Returns how many of them were of the new behaviour. */
    long treated() {
        return treated;
    }
}
