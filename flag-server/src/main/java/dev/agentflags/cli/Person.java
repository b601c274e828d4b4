package dev.agentflags.cli;

import dev.agentflags.evaluation.Subject;
import dev.agentflags.model.FlagValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom flags are evaluated for, as the command line names them.
 *
 * @param user the targeting key, or null for nobody in particular
 * @param plan the user's plan, or null where it is not known
 * @param attributes the other attributes
 */
record Person(@Nullable String user, @Nullable String plan, Map<String, FlagValue> attributes) implements Subject {

    Person {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public @Nullable Object attribute(String name) {
        FlagValue value = attributes.get(name);
        if (value instanceof FlagValue.Text text) {
            return text.value();
        }
        if (value instanceof FlagValue.Bool bool) {
            return bool.value();
        }
        if (value instanceof FlagValue.Whole whole) {
            return whole.value();
        }
        return value instanceof FlagValue.Decimal decimal ? (Object) decimal.value() : value;
    }
}
