package dev.agentflags.forecast;

import java.util.Arrays;

/** How a number is spread over many simulated rollouts; infinite where it was not reached. Immutable. */
public final class Spread {

    private final double[] sorted;

    private Spread(double[] sorted) {
        this.sorted = sorted;
    }

    /** Returns the spread of these numbers, at least one. */
    public static Spread of(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return new Spread(sorted);
    }

    /** Returns the number that this part of the rollouts, above 0 and at most 1, does not exceed. */
    public double quantile(double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    /** Returns the median. */
    public double median() {
        return quantile(0.5);
    }

    /** Returns which part of the rollouts does not exceed a number. */
    public double partUpTo(double number) {
        int count = 0;
        while (count < sorted.length && sorted[count] <= number) {
            count++;
        }
        return (double) count / sorted.length;
    }
}
