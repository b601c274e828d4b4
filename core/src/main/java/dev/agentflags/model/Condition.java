package dev.agentflags.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds of a subject or does not. Immutable, and without cycles.
 *
 * <p>A test of an attribute that the subject does not have, or that has another type, does not hold.
 */
public sealed interface Condition {

    /** Holds when all of them do. */
    record All(List<Condition> conditions) implements Condition {

        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** Holds when one of them does. */
    record Any(List<Condition> conditions) implements Condition {

        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** Holds when the other one does not. */
    record Not(Condition condition) implements Condition {}

    /**
     * Holds when the segment's own condition does.
     *
     * <p>One segment is part of every rule that refers to it, and may list a hundred thousand users. So two segments are compared by
     * name and by a digest that is made once, not value by value for each rule.
     */
    final class Segment implements Condition {

        private final String name;
        private final Condition definition;
        private final String digest;

        /**
         * Makes a segment.
         *
         * @param name in its document
         * @param definition its condition, as it was when the flag was read
         */
        public Segment(String name, Condition definition) {
            this.name = name;
            this.definition = definition;
            this.digest = sha256(definition.toString());
        }

        /** Returns the segment's name. */
        public String name() {
            return name;
        }

        /** Returns the segment's condition. */
        public Condition definition() {
            return definition;
        }

        private static String sha256(String text) {
            try {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Segment segment && name.equals(segment.name) && digest.equals(segment.digest);
        }

        @Override
        public int hashCode() {
            return digest.hashCode();
        }

        @Override
        public String toString() {
            return "Segment[" + name + ", " + digest + "]";
        }
    }

    /** Holds when the subject has the attribute, whatever its value. */
    record Exists(String attribute) implements Condition {}

    /** Holds when the attribute is one of these strings, numbers or booleans. */
    record In(String attribute, Set<FlagValue> values) implements Condition {

        public In {
            values = FastSet.copyOf(values);
        }
    }

    /** Holds when the attribute is a string, number or boolean, and none of these. */
    record NotIn(String attribute, Set<FlagValue> values) implements Condition {

        public NotIn {
            values = FastSet.copyOf(values);
        }
    }

    /** Holds when the attribute is a string that stands so to one of these. Case matters. */
    record Text(String attribute, Part part, List<String> values) implements Condition {

        public Text {
            values = List.copyOf(values);
        }

        /** Where in the attribute the value must be found. */
        public enum Part {
            START,
            END,
            ANYWHERE
        }
    }

    /** Holds when the attribute is a number that stands so to the bound. */
    record Numeric(String attribute, Order order, double bound) implements Condition {}

    /** Holds when the attribute is a moment (an instant, or a string as RFC 3339 writes it) before or after the bound. */
    record Time(String attribute, Side side, Instant bound) implements Condition {

        /** On which side of the bound; the bound itself is on neither. */
        public enum Side {
            BEFORE,
            AFTER
        }

        /** RFC 3339, which ISO_OFFSET_DATE_TIME is not: that one lets seconds and digits of the year vary. */
        private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendValue(ChronoField.YEAR, 4)
                .appendPattern("-MM-dd'T'HH:mm:ss")
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .appendOffset("+HH:MM", "Z")
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);

        /**
         * Returns the moment that a text stands for by RFC 3339, or null where it stands for none. Fractions have up to nine
         * digits; a leap second stands for none.
         */
        public static @Nullable Instant parse(String text) {
            try {
                return RFC_3339.parse(text, Instant::from);
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

    /** Holds when the attribute is a semantic version that stands so to the bound. */
    record Version(String attribute, Order order, SemanticVersion bound) implements Condition {}

    /** How a value must stand to a bound. */
    enum Order {
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        /** Whether a comparison that came out like this, negative for less, is what is asked for. */
        public boolean accepts(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }
}
