package dev.agentflags.guard;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@link Evidence} as plain numbers, to be written down and read again without the loss of a bit.
 *
 * @param version of this form; {@link #VERSION}
 * @param bets their kind; the set of strategies is part of its meaning
 * @param parameters of the bets
 * @param logWealths natural logarithms, by strategy
 * @param cash what was kept back of the capital and is not invested yet
 * @param memory what is remembered of the control
 * @param seen how many outcomes, or closed users, were bet on
 * @param taken what was counted into the evidence, by stage
 * @param counted what was bet on, over all stages
 */
public record EvidenceState(
        int version,
        String bets,
        List<Double> parameters,
        List<Double> logWealths,
        double cash,
        List<Double> memory,
        long seen,
        SortedMap<Integer, Counts> taken,
        Counts counted) {

    /** The form that is written. */
    public static final int VERSION = 1;

    public EvidenceState {
        parameters = List.copyOf(parameters);
        logWealths = List.copyOf(logWealths);
        memory = List.copyOf(memory);
        taken = Collections.unmodifiableSortedMap(new TreeMap<>(taken));
    }

    static EvidenceState of(Evidence evidence) {
        EProcess process = evidence.process();
        return new EvidenceState(
                VERSION,
                process.bets().kind(),
                process.bets().parameters(),
                process.logWealths(),
                process.cash(),
                process.memory().toList(),
                process.seen(),
                evidence.taken(),
                evidence.counted());
    }

    /**
     * Returns the evidence that these numbers are.
     *
     * @throws IllegalArgumentException if they are of another version, or do not fit together
     */
    public Evidence evidence() {
        if (version != VERSION) {
            throw new IllegalArgumentException("expected evidence of version " + VERSION + ", found " + version);
        }
        Bets of = Bets.of(bets, parameters);
        taken.values().forEach(counts -> requireCategories(of, counts));
        requireCategories(of, counted);
        return Evidence.of(EProcess.of(of, logWealths, cash, memory, seen), taken, counted);
    }

    private static void requireCategories(Bets bets, Counts counts) {
        if (counts.categories() != bets.categories()) {
            throw new IllegalArgumentException(
                    "expected " + bets.categories() + " categories, found " + counts.categories());
        }
    }
}
