package dev.agentflags.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Numbers of many runs, and how they are written. */
final class Figures {

    private Figures() {}

    static String percent(double part) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * part);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
    }

    static String number(double number) {
        return Double.isInfinite(number) ? "—" : String.format(Locale.ROOT, "%,.0f", number);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Returns the median and, in brackets, the 95th percentile; a run without an alarm counts as longer than all. */
    static String delays(double... delays) {
        return number(quantile(0.5, delays)) + " (" + number(quantile(0.95, delays)) + ")";
    }

    static double median(double... numbers) {
        return quantile(0.5, numbers);
    }

    static double quantile(double part, double... numbers) {
        if (numbers.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    /** Returns whether a part of so many runs is at most a level, but for three standard errors of the simulation. */
    static boolean isWithin(double level, double part, int runs) {
        return part <= level + 3 * Math.sqrt(level * (1 - level) / runs);
    }

    /** Returns whether a delay is at most 5 % above what is to be reached. */
    static boolean isNear(double toReach, double delay) {
        return delay <= 1.05 * toReach;
    }
}
