package dev.agentflags.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value, as a variant serves it. Immutable. */
public sealed interface FlagValue {

    /** True or false. */
    record Bool(boolean value) implements FlagValue {}

    /** A string. */
    record Text(String value) implements FlagValue, Comparable<Text> {

        /** By the string. Keeps sets fast whose strings all hash alike. */
        @Override
        public int compareTo(Text other) {
            return value.compareTo(other.value);
        }
    }

    /** A number that was written without fraction or exponent and fits 64 bits. */
    record Whole(long value) implements FlagValue {}

    /** Any other number, finite. */
    record Decimal(double value) implements FlagValue {

        public Decimal {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("not a number that JSON has: " + value);
            }
        }
    }

    /** An object, its fields in the document's order. */
    record Structure(Map<String, FlagValue> fields) implements FlagValue {

        public Structure {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** An array. */
    record Sequence(List<FlagValue> items) implements FlagValue {

        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** The literal null; only inside an object or an array. */
    record Null() implements FlagValue {}
}
