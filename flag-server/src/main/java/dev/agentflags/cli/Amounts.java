package dev.agentflags.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Amounts as people type and read them on the command line. */
final class Amounts {

    private static final double HOURS_A_DAY = 24;
    private static final double MINUTES_A_DAY = HOURS_A_DAY * 60;

    private Amounts() {}

    /** Reads a percentage: 2, 0.5 or 2%. */
    static final class PercentConverter implements ITypeConverter<Double> {

        @Override
        public Double convert(String text) {
            try {
                double percent = Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
                if (percent > 0 && percent < 100) {
                    return percent;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException(
                    "expected a percentage above 0 and below 100, such as 2 or 0.5%, found " + Printable.of(text));
        }
    }

    /** Reads a whole number that may end in k or M. */
    static final class CountConverter implements ITypeConverter<Long> {

        private static final Pattern COUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)([kM]?)");

        @Override
        public Long convert(String text) {
            Matcher count = COUNT.matcher(text);
            if (count.matches()) {
                double unit = switch (count.group(2)) {
                    case "k" -> 1e3;
                    case "M" -> 1e6;
                    default -> 1;
                };
                double value = Double.parseDouble(count.group(1)) * unit;
                if (value >= 1 && value <= 1e12) {
                    return Math.round(value);
                }
            }
            throw new TypeConversionException(
                    "expected a number of at least 1, such as 500, 20k or 1.5M, found " + Printable.of(text));
        }
    }

    /** Reads a duration: 30m, 24h, 2d, or ISO 8601 as in a document. */
    static final class DurationConverter implements ITypeConverter<Duration> {

        private static final Pattern SHORT = Pattern.compile("(\\d{1,6})([mhd])");

        @Override
        public Duration convert(String text) {
            Matcher brief = SHORT.matcher(text);
            if (brief.matches()) {
                long number = Long.parseLong(brief.group(1));
                return switch (brief.group(2)) {
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
            }
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "expected a duration such as 30m, 24h, 2d or PT24H, found " + Printable.of(text));
            }
        }
    }

    /** Returns a number with separators, rounded to a whole one. */
    static String count(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }

    /** Returns a number of days in minutes, hours or days, whichever reads best. */
    static String days(double days) {
        if (days * MINUTES_A_DAY < 1) {
            return "< 1 min";
        }
        if (days * HOURS_A_DAY < 1) {
            return String.format(Locale.ROOT, "%.0f min", days * MINUTES_A_DAY);
        }
        return days < 2
                ? String.format(Locale.ROOT, "%.1f h", days * HOURS_A_DAY)
                : String.format(Locale.ROOT, "%,.1f d", days);
    }

    /** Returns a part of a whole in percent; what is little does not look like nothing, nor what is almost all like all. */
    static String part(double part) {
        double percent = 100 * part;
        if ((percent > 0 && percent < 0.5) || (percent > 99.5 && percent < 100)) {
            return String.format(Locale.ROOT, "%.1f %%", percent);
        }
        return String.format(Locale.ROOT, "%.0f %%", percent);
    }
}
