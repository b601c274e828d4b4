package dev.agentflags.benchmarks.peers.report;

import java.util.Locale;

/** Figures as people read them. */
final class Words {

    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double DIGITS = 10;
    private static final double WIDE = 1.1;

    private Words() {}

    /** Returns a time in the unit that suits it, with two or three digits. */
    static String time(double nanos) {
        if (nanos < KILO) {
            return String.format(Locale.ROOT, "%.0f ns", nanos);
        }
        return nanos < MEGA ? short3(nanos / KILO) + " µs" : short3(nanos / MEGA) + " ms";
    }

    /** Returns the median, and beside it the range where that is wide. */
    static String time(Measured measured) {
        String median = time(measured.nanos());
        return measured.high() <= WIDE * measured.low()
                ? median
                : median + " (" + time(measured.low()) + " – " + time(measured.high()) + ")";
    }

    static String millis(double millis) {
        return millis < KILO ? short3(millis) + " ms" : short3(millis / KILO) + " s";
    }

    static String bytes(double bytes) {
        if (bytes < KILO) {
            return String.format(Locale.ROOT, "%.0f B", bytes);
        }
        return bytes < MEGA ? short3(bytes / KILO) + " kB" : short3(bytes / MEGA) + " MB";
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < DIGITS ? "%.2f" : "%,.0f", ratio);
    }

    private static String short3(double number) {
        return String.format(Locale.ROOT, number < DIGITS ? "%.1f" : "%.0f", number);
    }
}
