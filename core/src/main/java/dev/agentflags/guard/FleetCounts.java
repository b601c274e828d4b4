package dev.agentflags.guard;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every process has counted of one metric in one stage.
 *
 * <p>A state-based grow-only counter (a CRDT): merging is commutative, associative and idempotent, so reports may be
 * repeated, reordered or lost in between, and two copies of the fleet may be merged at any time. A process that starts again
 * from zero must take a new name. Immutable.
 */
public final class FleetCounts {

    private final int categories;
    private final Map<String, Counts> byProcess;

    private FleetCounts(int categories, Map<String, Counts> byProcess) {
        this.categories = categories;
        this.byProcess = byProcess;
    }

    /** Returns the counts of no process. */
    public static FleetCounts none(int categories) {
        return new FleetCounts(categories, Map.of());
    }

    /**
     * Returns these counts with a process's report merged in.
     *
     * @throws IllegalArgumentException if the report has other categories
     */
    public FleetCounts with(String process, Counts report) {
        var merged = new TreeMap<>(byProcess);
        merged.put(
                process,
                byProcess.getOrDefault(process, Counts.none(categories)).mergedWith(report));
        return new FleetCounts(categories, merged);
    }

    /** Returns what two copies know together. */
    public FleetCounts mergedWith(FleetCounts other) {
        FleetCounts merged = this;
        for (var entry : other.byProcess.entrySet()) {
            merged = merged.with(entry.getKey(), entry.getValue());
        }
        return merged;
    }

    /** Returns the sum over all processes. */
    public Counts total() {
        Counts total = Counts.none(categories);
        for (Counts counts : byProcess.values()) {
            total = total.plus(counts);
        }
        return total;
    }

    /** Returns what each process has counted, by its name. */
    public Map<String, Counts> byProcess() {
        return Collections.unmodifiableMap(byProcess);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FleetCounts fleet
                && categories == fleet.categories
                && byProcess.equals(fleet.byProcess);
    }

    @Override
    public int hashCode() {
        return 31 * categories + byProcess.hashCode();
    }

    @Override
    public String toString() {
        return byProcess.toString();
    }
}
