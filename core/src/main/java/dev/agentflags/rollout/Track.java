package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts on their way into one evidence. Not safe for use by many threads. */
final class Track {

    /** Evidence of older stages is no longer taken. */
    private static final int STAGES_KEPT = 3;

    private Evidence evidence;

    /** What was not bet on yet, by stage. */
    private final SortedMap<Integer, Block> open = new TreeMap<>();

    private Instant lastBlock;

    /** What was counted in one stage since the last bet on it. */
    private static final class Block {

        private final int categories;

        /** The treatment's and then the control's. */
        private final int[] cells;

        Block(int categories) {
            this.categories = categories;
            this.cells = new int[2 * categories];
        }

        void count(Arm arm, int category) {
            cells[arm == Arm.TREATMENT ? category : categories + category]++;
        }

        Counts counts() {
            return Counts.of(longs(0, categories), longs(categories, 2 * categories));
        }

        private long[] longs(int from, int to) {
            return Arrays.stream(cells, from, to).asLongStream().toArray();
        }
    }

    /** Goes on from evidence. */
    Track(Evidence evidence, Instant now) {
        this.evidence = evidence;
        this.lastBlock = now;
    }

    void count(int stage, Arm arm, int category) {
        open.computeIfAbsent(stage, added -> new Block(evidence.counted().categories()))
                .count(arm, category);
        while (open.size() > STAGES_KEPT) {
            open.remove(open.firstKey());
        }
    }

    /** Bets on what has come, where it is time to. Returns whether it did. */
    boolean tick(Instant now) {
        long nanosOpen = Duration.between(lastBlock, now).toNanos();
        boolean bet = false;
        Iterator<Map.Entry<Integer, Block>> blocks = open.entrySet().iterator();
        while (blocks.hasNext()) {
            Map.Entry<Integer, Block> block = blocks.next();
            int stage = block.getKey();
            Counts totals = evidence.taken(stage).plus(block.getValue().counts());
            if (evidence.isDue(stage, totals, nanosOpen)) {
                evidence = evidence.after(stage, totals);
                blocks.remove();
                lastBlock = now;
                bet = true;
            }
        }
        return bet;
    }

    Evidence evidence() {
        return evidence;
    }
}
