package dev.agentflags.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns an amount of which more is worse (a latency, a cost, tokens) into one of at most 14 ordered categories.
 *
 * <p>The edges are frozen when a rollout begins, from outcomes of the control: ten quantiles, dense at the upper end, and
 * 1.5, 3 and 8 times the 99th percentile, so that damage to the tail alone is seen as well. Edges that fall together, as
 * with many equal amounts, are one. Nothing is cut off as an outlier. Immutable.
 */
public final class Bins {

    /** Fewer outcomes of the control than this say too little about its 99th percentile. */
    public static final int MIN_OUTCOMES = 1_000;

    private static final double[] QUANTILES = {0.05, 0.15, 0.30, 0.45, 0.60, 0.70, 0.80, 0.90, 0.95, 0.99};
    private static final double[] BEYOND = {1.5, 3, 8};

    /**
     * Where those multiples are taken to be. Most tails are thinner, but to begin with one that is too thin finds damage to it
     * later than to begin with one that is too thick.
     */
    private static final double[] BEYOND_QUANTILES = {0.995, 0.998, 0.9995};

    private final double[] edges;
    private final double[] quantiles;

    private Bins(double[] edges, double[] quantiles) {
        this.edges = edges;
        this.quantiles = quantiles;
    }

    /**
     * Returns bins by what the control has had so far.
     *
     * @param outcomes at least {@link #MIN_OUTCOMES}, all finite and at least 0, in any order
     */
    public static Bins fromControl(double... outcomes) {
        if (outcomes.length < MIN_OUTCOMES) {
            throw new IllegalArgumentException(
                    "expected at least " + MIN_OUTCOMES + " outcomes of the control, found " + outcomes.length);
        }
        double[] sorted = outcomes.clone();
        Arrays.sort(sorted);
        if (!(sorted[0] >= 0 && sorted[sorted.length - 1] < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected finite amounts of at least 0");
        }
        List<Double> edges = new ArrayList<>();
        List<Double> quantiles = new ArrayList<>();
        for (double quantile : QUANTILES) {
            add(sorted[(int) Math.ceil(quantile * sorted.length) - 1], quantile, edges, quantiles);
        }
        double p99 = edges.get(edges.size() - 1);
        for (int i = 0; i < BEYOND.length; i++) {
            add(BEYOND[i] * p99, BEYOND_QUANTILES[i], edges, quantiles);
        }
        return new Bins(Doubles.array(edges), Doubles.array(quantiles));
    }

    private static void add(double edge, double quantile, List<Double> edges, List<Double> quantiles) {
        int last = edges.size() - 1;
        if (last >= 0 && edges.get(last) >= edge) {
            quantiles.set(last, quantile);
        } else {
            edges.add(edge);
            quantiles.add(quantile);
        }
    }

    /**
     * Returns bins that were frozen before.
     *
     * @param edges rising; an amount that equals an edge is below it
     * @param quantiles the part of the control's amounts that is not above each edge, rising, above 0 and below 1
     */
    public static Bins of(List<Double> edges, List<Double> quantiles) {
        if (edges.isEmpty() || edges.size() != quantiles.size() || !rises(edges) || !rises(quantiles)) {
            throw new IllegalArgumentException(
                    "expected as many rising edges as quantiles, found " + edges + " and " + quantiles);
        }
        return new Bins(Doubles.array(edges), Doubles.array(quantiles));
    }

    private static boolean rises(List<Double> numbers) {
        for (int i = 1; i < numbers.size(); i++) {
            if (!(numbers.get(i) > numbers.get(i - 1))) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many categories there are. */
    public int categories() {
        return edges.length + 1;
    }

    /** Returns an amount's category. One that is not a number, as of an outcome that never came, is of the worst. */
    public int category(double amount) {
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (amount <= edges[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Returns the category of an amount of the treatment, that may be larger by a part without counting as worse.
     *
     * @param tolerance 0.05 is five percent
     */
    public int category(double amount, double tolerance) {
        return category(amount / (1 + tolerance));
    }

    /** Returns the edges between the categories, rising. */
    public List<Double> edges() {
        return Doubles.list(edges);
    }

    /** Returns the part of the control's amounts that is not above each edge. */
    public List<Double> quantiles() {
        return Doubles.list(quantiles);
    }

    /** Returns the part of the control's amounts that each category has. */
    public List<Double> shares() {
        double[] shares = new double[categories()];
        double below = 0;
        for (int k = 0; k < quantiles.length; k++) {
            shares[k] = quantiles[k] - below;
            below = quantiles[k];
        }
        shares[quantiles.length] = 1 - below;
        return Doubles.list(shares);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bins bins
                && Arrays.equals(edges, bins.edges)
                && Arrays.equals(quantiles, bins.quantiles);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(edges) + Arrays.hashCode(quantiles);
    }

    @Override
    public String toString() {
        return "edges " + Arrays.toString(edges) + " at " + Arrays.toString(quantiles);
    }
}
