package dev.agentflags.guard;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Evidence against one null hypothesis, and what has been counted into it so far.
 *
 * <p>It is given the counts of one stage as they grow, takes what is new as a block, and bets on it once. A block never mixes
 * stages, since each has its own share of treated units; the wealth is one. There is one writer, and what it writes down
 * ({@link EvidenceState}) is all that a restart needs. Immutable.
 */
public final class Evidence {

    /** Outcomes of stages before the last so many that had any are no longer taken. */
    static final int STAGES_KEPT = 3;

    private final EProcess process;
    private final SortedMap<Integer, PackedCounts> taken;
    private final PackedCounts counted;

    private Evidence(EProcess process, SortedMap<Integer, PackedCounts> taken, PackedCounts counted) {
        this.process = process;
        this.taken = taken;
        this.counted = counted;
    }

    static Evidence of(EProcess process, SortedMap<Integer, Counts> taken, Counts counted) {
        SortedMap<Integer, PackedCounts> packed = new TreeMap<>();
        taken.forEach((stage, counts) -> packed.put(stage, PackedCounts.of(counts)));
        return new Evidence(process, packed, PackedCounts.of(counted));
    }

    /** Returns no evidence. */
    public static Evidence start(Bets bets) {
        return start(EProcess.start(bets));
    }

    private static Evidence start(EProcess process) {
        return of(
                process,
                Collections.emptySortedMap(),
                Counts.none(process.bets().categories()));
    }

    /** Returns no evidence, with what this one remembers of the control where the bets have use for it. */
    public Evidence restarted(Bets bets) {
        return start(EProcess.start(bets, process));
    }

    /**
     * Returns whether there is a block to bet on: outcomes of both arms, and enough of them by the {@link TickRule}.
     *
     * @param stage its number, counting up; a stage that is entered again gets a new one
     * @param totals all that was counted in the stage, by all processes
     * @param nanosOpen how long ago the last block was taken, in nanoseconds
     */
    public boolean isDue(int stage, Counts totals, long nanosOpen) {
        Counts before = taken(stage);
        if (isPast(stage) || !totals.covers(before)) {
            return false;
        }
        Counts block = totals.minus(before);
        return block.hasBothArms() && TickRule.isDue(block.units(), process.seen(), nanosOpen);
    }

    /**
     * Returns the evidence with what is new in a stage, as one block. Unchanged as long as one of the arms has nothing new,
     * if the stage is long past, or if totals are missing what was there before: what is lost is waited for, never guessed.
     *
     * @param stage its number, as in {@link #isDue}
     * @param totals all that was counted in the stage, by all processes
     */
    public Evidence after(int stage, Counts totals) {
        Counts before = taken(stage);
        if (isPast(stage) || !totals.covers(before)) {
            return this;
        }
        Counts block = totals.minus(before);
        if (!block.hasBothArms()) {
            return this;
        }
        PackedCounts ofStage = PackedCounts.of(totals);
        PackedCounts all = PackedCounts.of(counted().plus(block));
        return new Evidence(process.after(block), taking(stage, ofStage), all.equals(ofStage) ? ofStage : all);
    }

    /** Returns what was taken of a stage. */
    public Counts taken(int stage) {
        PackedCounts counts = taken.get(stage);
        return counts == null ? Counts.none(process.bets().categories()) : counts.unpack();
    }

    private boolean isPast(int stage) {
        return taken.size() == STAGES_KEPT && stage < taken.firstKey();
    }

    private SortedMap<Integer, PackedCounts> taking(int stage, PackedCounts totals) {
        var more = new TreeMap<>(taken);
        more.put(stage, totals);
        if (more.size() > STAGES_KEPT) {
            more.remove(more.firstKey());
        }
        return more;
    }

    /** Returns the evidence as a bet: its e-value, and what is most likely. */
    public EProcess process() {
        return process;
    }

    /** Returns all outcomes that were bet on, over all stages: to be told, not to be compared. */
    public Counts counted() {
        return counted.unpack();
    }

    /** Returns what was taken, by stage. */
    SortedMap<Integer, Counts> taken() {
        SortedMap<Integer, Counts> counts = new TreeMap<>();
        taken.forEach((stage, packed) -> counts.put(stage, packed.unpack()));
        return counts;
    }

    /** Returns all of this as numbers. */
    public EvidenceState state() {
        return EvidenceState.of(this);
    }
}
