package dev.agentflags.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Shares and buckets as people read them. */
final class Percent {

    private static final double SMALLEST_SHOWN = 0.005;
    private static final double ALL = 100;

    private Percent() {}

    /** Returns a percentage as people write it: 25, 0.5. */
    static String plain(double percentage) {
        return Double.isFinite(percentage)
                ? BigDecimal.valueOf(percentage).stripTrailingZeros().toPlainString()
                : Double.toString(percentage);
    }

    /** Returns where a subject lies and where the flag ends; rounded down, so that it never seems to lie on the other side. */
    static String bucket(double bucket, double percentage) {
        BigDecimal shown = BigDecimal.valueOf(bucket).setScale(4, RoundingMode.FLOOR);
        return "%7s %s %s".formatted(shown.toPlainString(), bucket < percentage ? "<" : "≥", plain(percentage));
    }

    /** Returns a share of a whole; what is little does not look like nothing, nor what is almost all like all. */
    static String share(long part, long whole) {
        double percent = whole == 0 ? 0 : ALL * part / whole;
        if (part > 0 && percent < SMALLEST_SHOWN) {
            return "< 0.01 %";
        }
        if (part < whole && percent > ALL - SMALLEST_SHOWN) {
            return "> 99.99 %";
        }
        return String.format(Locale.ROOT, "%.2f %%", percent);
    }
}
