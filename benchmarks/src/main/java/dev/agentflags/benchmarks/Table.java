package dev.agentflags.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table in Markdown, printed row by row, and the numbers in it. */
final class Table {

    private Table() {}

    static void head(String title, String... columns) {
        System.out.println();
        System.out.println("### " + title);
        System.out.println();
        row((Object[]) columns);
        System.out.println("|" + " --- |".repeat(columns.length));
    }

    static void row(Object... cells) {
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(cell.toString());
        }
        System.out.println("| " + String.join(" | ", texts) + " |");
    }

    static String percent(double part) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * part);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
    }

    static String number(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /** Returns the median and, in brackets, the 95th percentile; a run without an alarm counts as longer than all. */
    static String delays(double... delays) {
        return quantile(0.5, delays) + " (" + quantile(0.95, delays) + ")";
    }

    static String quantile(double part, double... numbers) {
        double found = quantileOf(part, numbers);
        return Double.isInfinite(found) ? "—" : number(found);
    }

    static double quantileOf(double part, double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
