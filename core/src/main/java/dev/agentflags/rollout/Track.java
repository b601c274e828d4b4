package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts on their way into one evidence. Not safe for use by many threads. */
final class Track {

    /** Evidence of older stages is no longer taken. */
    private static final int STAGES_KEPT = 3;

    private Evidence evidence;
    private final SortedMap<Integer, Cells> stages = new TreeMap<>();
    private Instant lastBlock;

    /** What was counted in one stage. */
    private static final class Cells {

        private final long[] treatment;
        private final long[] control;
        private boolean isFresh;

        Cells(Counts counts) {
            this.treatment = counts.toArray(Arm.TREATMENT);
            this.control = counts.toArray(Arm.CONTROL);
        }

        Counts counts() {
            return Counts.of(treatment, control);
        }
    }

    /** Goes on from evidence. */
    Track(Evidence evidence, Instant now) {
        this.evidence = evidence;
        this.lastBlock = now;
        evidence.state().taken().forEach((stage, counts) -> stages.put(stage, new Cells(counts)));
    }

    void count(int stage, Arm arm, int category) {
        Cells cells = stages.computeIfAbsent(
                stage, added -> new Cells(Counts.none(evidence.counted().categories())));
        (arm == Arm.TREATMENT ? cells.treatment : cells.control)[category]++;
        cells.isFresh = true;
        while (stages.size() > STAGES_KEPT) {
            stages.remove(stages.firstKey());
        }
    }

    /** Bets on what has come, where it is time to. Returns whether it did. */
    boolean tick(Instant now) {
        long open = Duration.between(lastBlock, now).toNanos();
        boolean bet = false;
        for (var stage : stages.entrySet()) {
            Cells cells = stage.getValue();
            if (!cells.isFresh) {
                continue;
            }
            Counts counts = cells.counts();
            if (evidence.isDue(stage.getKey(), counts, open)) {
                evidence = evidence.after(stage.getKey(), counts);
                cells.isFresh = false;
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
