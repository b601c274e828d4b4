package dev.agentflags.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How the control's outcomes are taken to be spread over ordered categories before it has had any. Affects power only.
 *
 * @param shares of each category from the best to the worst, at least 0, with a sum above 0
 * @param weight how many outcomes they count for, above 0
 */
public record StartShares(List<Double> shares, double weight) {

    /** What frozen {@link Bins} count for. */
    public static final double BINS_WEIGHT = 100;

    private static final double LOWEST = 1e-5;

    public StartShares {
        shares = List.copyOf(shares);
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.size() < 2 || !(sum > 0) || !(weight > 0) || shares.stream().anyMatch(share -> !(share >= 0))) {
            throw new IllegalArgumentException(
                    "expected two shares or more and a weight above 0, found " + shares + " and " + weight);
        }
    }

    /** Returns the shares that the bins' quantiles give. */
    public static StartShares of(Bins bins) {
        return new StartShares(bins.shares(), BINS_WEIGHT);
    }

    /** Returns equal shares, with the weight of one outcome each: for ratings, of which each is a category. */
    public static StartShares even(int categories) {
        return new StartShares(Collections.nCopies(categories, 1.0 / categories), categories);
    }

    static StartShares of(List<Double> parameters) {
        return new StartShares(parameters.subList(1, parameters.size()), parameters.get(0));
    }

    List<Double> toList() {
        List<Double> list = new ArrayList<>(List.of(weight));
        list.addAll(shares);
        return List.copyOf(list);
    }

    /** Returns the shares to bet on, kept off 0, given what is remembered. */
    double[] after(ControlMemory memory) {
        double[] after = new double[shares.size()];
        double total = memory.total() + weight;
        for (int k = 0; k < after.length; k++) {
            after[k] = Math.max(LOWEST, (memory.count(k) + weight * shares.get(k)) / total);
        }
        return Doubles.shares(after);
    }
}
