package dev.agentflags.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the figures of one run must keep to: ratios and differences within that run, and the guard's cost outright. */
final class Bars {

    private Bars() {}

    /**
     * A figure and its limit.
     *
     * @param what in words
     * @param figure what was measured
     * @param limit what it must not be above
     */
    record Bar(String what, double figure, double limit) {

        boolean holds() {
            return figure <= limit;
        }
    }

    /**
     * One benchmark's results.
     *
     * @param time per operation, in the benchmark's unit
     * @param bytes allocated per operation
     */
    record Row(double time, double bytes) {}

    /** Returns the bars that these rows can be held against, by the names of the benchmarks' methods. */
    static List<Bar> of(Map<String, Row> rows) {
        return List.of(
                        ratio(rows, "client_rollout", 1.15, "client_noop", "bare_digest"),
                        ratio(rows, "client_rollout_new_context", 1.15, "client_noop_new_context", "bare_digest"),
                        ratio(rows, "client_targeted", 1.3, "client_noop"),
                        allocation(rows, "client_rollout", "client_noop"),
                        allocation(rows, "client_rollout_new_context", "client_noop_new_context"),
                        allocation(rows, "client_targeted", "client_noop"),
                        ratio(rows, "grow_flags_one 100000", 1.2, "grow_flags_one 10"),
                        ratio(rows, "grow_flags_all 100000", 1.2, "grow_flags_all 10"),
                        ratio(rows, "load_ours", 10, "load_jackson_tree"),
                        difference(rows, "agent_turn", 3_000, "agent_evaluations"),
                        nanos(rows, "count_binary", 50),
                        nanos(rows, "count_latency", 50),
                        noAllocation(rows, "count_binary"),
                        noAllocation(rows, "count_latency"),
                        nanos(rows, "tick_binary", 20_000),
                        nanos(rows, "tick_binary_tolerance", 20_000),
                        nanos(rows, "tick_advance", 20_000),
                        nanos(rows, "tick_latency", 20_000),
                        nanos(rows, "tick_users", 20_000),
                        nanos(rows, "tick_evidence", 20_000))
                .stream()
                .filter(bar -> !Double.isNaN(bar.figure()))
                .toList();
    }

    private static Bar ratio(Map<String, Row> rows, String name, double limit, String... others) {
        double base = 0;
        for (String other : others) {
            base += value(rows, other, Row::time);
        }
        return new Bar(name + " / (" + String.join(" + ", others) + ")", value(rows, name, Row::time) / base, limit);
    }

    private static Bar difference(Map<String, Row> rows, String name, double limit, String other) {
        double more = value(rows, name, Row::time) - value(rows, other, Row::time);
        return new Bar(name + " - " + other, more, limit);
    }

    private static Bar allocation(Map<String, Row> rows, String name, String other) {
        double more = value(rows, name, Row::bytes) - value(rows, other, Row::bytes);
        return new Bar(name + " bytes - " + other + " bytes", more, 48);
    }

    private static Bar nanos(Map<String, Row> rows, String name, double limit) {
        return new Bar(name + " ns", value(rows, name, Row::time), limit);
    }

    private static Bar noAllocation(Map<String, Row> rows, String name) {
        return new Bar(name + " bytes", value(rows, name, Row::bytes), 0.5);
    }

    private static double value(Map<String, Row> rows, String name, ToDoubleFunction<Row> part) {
        Row row = rows.get(name);
        return row == null ? Double.NaN : part.applyAsDouble(row);
    }
}
