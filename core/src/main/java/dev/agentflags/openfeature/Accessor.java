package dev.agentflags.openfeature;

import dev.agentflags.model.FlagValue;
import dev.openfeature.sdk.Value;
import org.jspecify.annotations.Nullable;

/**
 * One of the types that OpenFeature asks for, and which of our values have it.
 *
 * @param name the type's, for messages
 * @param reader returns a value as that type, or null where it is of another
 */
record Accessor<T>(String name, Reader<T> reader) {

    static final Accessor<Boolean> BOOLEAN = new Accessor<>(
            "a boolean", (value, view) -> value instanceof FlagValue.Bool bool ? (Boolean) bool.value() : null);

    static final Accessor<String> STRING =
            new Accessor<>("a string", (value, view) -> value instanceof FlagValue.Text text ? text.value() : null);

    static final Accessor<Integer> INTEGER = new Accessor<>("a 32-bit integer", (value, view) -> {
        Long whole = whole(value);
        return whole != null && whole == whole.intValue() ? (Integer) whole.intValue() : null;
    });

    static final Accessor<Long> LONG = new Accessor<>("an integer", (value, view) -> whole(value));

    static final Accessor<Double> DOUBLE = new Accessor<>("a number", (value, view) -> {
        if (value instanceof FlagValue.Whole whole) {
            return (double) whole.value();
        }
        return value instanceof FlagValue.Decimal decimal ? (Double) decimal.value() : null;
    });

    static final Accessor<Value> OBJECT = new Accessor<>("an object or an array", (value, view) -> view.object(value));

    /** Below this, and above its negative, a double without a fraction is exactly one long. */
    private static final double LONG_RANGE = 0x1p63;

    /** Returns a value as the type, or null where it is of another. */
    interface Reader<T> {
        @Nullable
        T read(FlagValue value, View view);
    }

    /** 2.0 is an integer: JSON does not tell it from 2. */
    private static @Nullable Long whole(FlagValue value) {
        if (value instanceof FlagValue.Whole whole) {
            return whole.value();
        }
        boolean integral = value instanceof FlagValue.Decimal decimal
                && decimal.value() == Math.rint(decimal.value())
                && Math.abs(decimal.value()) < LONG_RANGE;
        return integral ? (Long) (long) ((FlagValue.Decimal) value).value() : null;
    }
}
