package dev.agentflags.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** What happened when and who did it, a line each. Safe for use by many threads. */
public final class Timeline {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int BAR = 40;

    private final PrintWriter out;
    private final UnaryOperator<String> strong;
    private final LongSupplier nanos;
    private final long start;

    /**
     * Begins a timeline.
     *
     * @param strong makes a text stand out
     * @param nanos a clock as {@link System#nanoTime} is one
     */
    public Timeline(PrintWriter out, UnaryOperator<String> strong, LongSupplier nanos) {
        this.out = out;
        this.strong = strong;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Somebody does something that matters. */
    void act(String who, String what) {
        print(who, strong.apply(what));
    }

    /** Something is noticed. */
    void note(String who, String what) {
        print(who, what);
    }

    /** A share of turns, and what it means. */
    void share(double share, String meaning) {
        int filled = (int) Math.round(share * BAR);
        String bar = "█".repeat(filled) + "·".repeat(BAR - filled);
        print("", String.format(Locale.ROOT, "%s %4.1f %% %s", bar, share * 100, meaning));
    }

    private synchronized void print(String who, String what) {
        double seconds = (nanos.getAsLong() - start) / NANOS_PER_SECOND;
        out.println(String.format(Locale.ROOT, "%5.1f s  %-8s %s", seconds, who, what));
        out.flush();
    }
}
