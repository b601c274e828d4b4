package dev.agentflags.openfeature;

import dev.agentflags.model.FlagValue;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.Map;

/** Our values as OpenFeature's. */
final class Values {

    private Values() {}

    /** Returns the value with everything in it translated; whole numbers that fit 32 bits become integers. */
    static Value translate(FlagValue value) {
        if (value instanceof FlagValue.Bool bool) {
            return new Value(bool.value());
        }
        if (value instanceof FlagValue.Text text) {
            return new Value(text.value());
        }
        if (value instanceof FlagValue.Whole whole) {
            boolean fits = whole.value() == (int) whole.value();
            return fits ? new Value((int) whole.value()) : new Value(whole.value());
        }
        if (value instanceof FlagValue.Decimal decimal) {
            return new Value(decimal.value());
        }
        if (value instanceof FlagValue.Structure structure) {
            Map<String, Value> fields = new HashMap<>();
            structure.fields().forEach((name, field) -> fields.put(name, translate(field)));
            return new Value(new ImmutableStructure(fields));
        }
        if (value instanceof FlagValue.Sequence sequence) {
            return new Value(sequence.items().stream().map(Values::translate).toList());
        }
        if (value instanceof FlagValue.Null) {
            return new Value();
        }
        throw new AssertionError("not a kind of value: " + value);
    }
}
