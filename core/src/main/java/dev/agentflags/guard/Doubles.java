package dev.agentflags.guard;

import java.util.Arrays;
import java.util.List;

/** Arrays of numbers, and lists of them, which have {@code equals}. */
final class Doubles {

    private Doubles() {}

    static List<Double> list(double... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns {@code count} numbers from {@code first}, each {@code factor} times the one before. */
    static double[] geometric(double first, double factor, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = first * Math.pow(factor, i);
        }
        return numbers;
    }

    /** Returns the exponentials of these numbers. */
    static double[] exp(double... numbers) {
        return Arrays.stream(numbers).map(Math::exp).toArray();
    }

    /** Returns {@code count} equal parts of 1. */
    static double[] even(int count) {
        double[] even = new double[count];
        Arrays.fill(even, 1.0 / count);
        return even;
    }

    /** Returns the logarithm of {@code e^a + e^b}. */
    static double logOfSum(double a, double b) {
        double high = Math.max(a, b);
        return high + Math.log(1 + Math.exp(Math.min(a, b) - high));
    }

    /** Returns these numbers in parts of their sum. */
    static double[] shares(double... numbers) {
        double sum = Arrays.stream(numbers).sum();
        return Arrays.stream(numbers).map(number -> number / sum).toArray();
    }
}
