package dev.agentflags.benchmarks.peers.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds of one row came to.
 *
 * @param nanos for each evaluation: the median of the rounds
 * @param low the fastest round
 * @param high the slowest round
 * @param bytes allocated for each evaluation: the median of the rounds
 * @param raw nanoseconds of each iteration, round by round
 */
record Measured(double nanos, double low, double high, double bytes, List<List<Double>> raw) {

    /** Returns the medians of one row, at least one, over the rounds. */
    static Measured of(List<Jmh.Row> rounds) {
        List<Double> times = sorted(rounds, Jmh.Row::nanos);
        return new Measured(
                median(times),
                times.get(0),
                times.get(times.size() - 1),
                median(sorted(rounds, Jmh.Row::bytes)),
                rounds.stream().map(Jmh.Row::raw).toList());
    }

    private static List<Double> sorted(List<Jmh.Row> rounds, ToDoubleFunction<Jmh.Row> part) {
        return rounds.stream().mapToDouble(part).sorted().boxed().toList();
    }

    /** The middle one; of an even number, the mean of both in the middle. */
    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
