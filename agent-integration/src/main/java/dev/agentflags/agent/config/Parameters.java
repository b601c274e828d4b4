package dev.agentflags.agent.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Parameters of a model, by name. Immutable.
 *
 * @param values each a {@link Double}, {@link Long}, {@link String} or {@link Boolean}
 */
public record Parameters(Map<String, Object> values) {

    /** No parameters: the model's own defaults. */
    public static final Parameters NONE = new Parameters(Map.of());

    /**
     * Copies the values.
     *
     * @throws IllegalArgumentException if one of them is of another type
     */
    public Parameters {
        values = Map.copyOf(values);
        values.forEach((name, value) -> {
            if (!(value instanceof Double
                    || value instanceof Long
                    || value instanceof String
                    || value instanceof Boolean)) {
                throw new IllegalArgumentException(name + ": expected a double, long, string or boolean, found a "
                        + value.getClass().getSimpleName());
            }
        });
    }

    /** These parameters, with one more or replaced. */
    public Parameters with(String name, double value) {
        return put(name, value);
    }

    /** These parameters, with one more or replaced. */
    public Parameters with(String name, long value) {
        return put(name, value);
    }

    /** These parameters, with one more or replaced. */
    public Parameters with(String name, String value) {
        return put(name, value);
    }

    /** These parameters, with one more or replaced. */
    public Parameters with(String name, boolean value) {
        return put(name, value);
    }

    private Parameters put(String name, Object value) {
        var more = new HashMap<>(values);
        more.put(name, value);
        return new Parameters(more);
    }

    /** How freely the model chooses its words, 0 to 2; empty for its own default. */
    public OptionalDouble temperature() {
        return number("temperature");
    }

    /** How many tokens the model may answer with; empty for its own default. */
    public OptionalLong maxOutputTokens() {
        return whole("max_output_tokens");
    }

    /** A number, fraction or not; empty if there is none of this name. */
    public OptionalDouble number(String name) {
        return values.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** A whole number; empty if there is none of this name. */
    public OptionalLong whole(String name) {
        return values.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** A text; empty if there is none of this name. */
    public Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A switch; empty if there is none of this name. */
    public Optional<Boolean> flag(String name) {
        return values.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }
}
