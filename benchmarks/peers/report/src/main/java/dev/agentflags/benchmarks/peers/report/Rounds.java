package dev.agentflags.benchmarks.peers.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Rows that were measured several times, each time in a new JVM and with everybody else's rows in between, so that neither what one
 * JIT made of the code nor an hour of a busy machine decides. Not safe for use by many threads.
 *
 * @param <K> what a row is of
 */
final class Rounds<K> {

    private final Map<K, List<Jmh.Row>> rows = new LinkedHashMap<>();

    void add(K of, Jmh.Row row) {
        rows.computeIfAbsent(of, first -> new ArrayList<>()).add(row);
    }

    /** Returns what became of each row, in the order in which they were first measured. */
    <T> List<T> all(BiFunction<K, Measured, T> named) {
        return rows.entrySet().stream()
                .map(entry -> named.apply(entry.getKey(), Measured.of(entry.getValue())))
                .toList();
    }
}
