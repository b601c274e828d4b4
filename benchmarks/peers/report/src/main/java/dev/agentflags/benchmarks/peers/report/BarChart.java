package dev.agentflags.benchmarks.peers.report;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Bars that lie side by side, from zero. A bar that is longer than the axis is cut off with a visible break; its figure beside it
 * says how long it is.
 *
 * @param title what is compared
 * @param subtitle unit and conditions
 * @param bars from top to bottom
 * @param limit where the axis ends
 * @param words a figure as it is written
 */
record BarChart(String title, String subtitle, List<Bar> bars, double limit, DoubleFunction<String> words) {

    private static final int WIDTH = 820;
    private static final int LEFT = 250;
    private static final int RIGHT = 110;
    private static final int TOP = 66;
    private static final int BAR = 20;
    private static final int STEP = 30;
    private static final int BELOW = 48;
    private static final int FEW_TICKS = 4;
    private static final int MORE_TICKS = 5;
    private static final double NICE_HALF = 5;
    private static final double NICE_WHOLE = 10;

    /** How many times as long as ours a bar may be before it is cut off. */
    private static final double LONGEST = 12;

    /**
     * One bar.
     *
     * @param style {@code ours}, {@code other} or {@code base}
     */
    record Bar(String label, double figure, String style) {}

    /** Makes a chart with an axis that has room for all bars, or for twelve times ours. */
    static BarChart of(String title, String subtitle, List<Bar> bars, DoubleFunction<String> words) {
        double ours = bars.stream()
                .filter(bar -> bar.style().equals("ours"))
                .mapToDouble(Bar::figure)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        double longest = bars.stream().mapToDouble(Bar::figure).max().orElse(1);
        return new BarChart(title, subtitle, bars, nice(Math.min(longest, LONGEST * ours)), words);
    }

    /** Returns the next of 1, 2, 5 times a power of ten. */
    static double nice(double atLeast) {
        double power = Math.pow(NICE_WHOLE, Math.floor(Math.log10(atLeast)));
        for (double step : new double[] {1, 2, NICE_HALF}) {
            if (step * power >= atLeast) {
                return step * power;
            }
        }
        return NICE_WHOLE * power;
    }

    String svg() {
        var svg = new Svg(WIDTH, title);
        double bottom = TOP + bars.size() * (double) STEP;
        svg.text("title", 0, 20, "start", title);
        svg.text("small", 0, 42, "start", subtitle);
        axis(svg, bottom);
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), TOP + i * (double) STEP);
        }
        svg.line("axis", LEFT, TOP - 8, LEFT, bottom);
        if (bars.stream().anyMatch(bar -> bar.figure() > limit)) {
            svg.text(
                    "small",
                    0,
                    bottom + BELOW - 8,
                    "start",
                    "A bar with a break goes on beyond the axis, as far as its figure says.");
        }
        return svg.of(bottom + BELOW);
    }

    private void axis(Svg svg, double bottom) {
        int ticks = ticks();
        for (int tick = 0; tick <= ticks; tick++) {
            double figure = limit * tick / ticks;
            svg.line("grid", x(figure), TOP - 8, x(figure), bottom);
            svg.text("small", x(figure), bottom + 16, "middle", tick == 0 ? "0" : words.apply(figure));
        }
    }

    /** Returns into how many parts the axis divides evenly: 5 times a power of ten into five, 1 and 2 times into four. */
    private int ticks() {
        double leading = limit / Math.pow(NICE_WHOLE, Math.floor(Math.log10(limit)));
        return Math.round(leading) == MORE_TICKS ? MORE_TICKS : FEW_TICKS;
    }

    private void bar(Svg svg, Bar bar, double y) {
        double end = x(Math.min(bar.figure(), limit));
        svg.text("", LEFT - 10, y + BAR - 5, "end", bar.label());
        svg.box(bar.style(), LEFT, y, Math.max(1, end - LEFT), BAR);
        if (bar.figure() > limit) {
            svg.line("break", end - 18, y + BAR + 2, end - 12, y - 2);
            svg.line("break", end - 11, y + BAR + 2, end - 5, y - 2);
        }
        svg.text("", end + 8, y + BAR - 5, "start", words.apply(bar.figure()));
    }

    private double x(double figure) {
        return LEFT + (WIDTH - LEFT - RIGHT) * figure / limit;
    }
}
