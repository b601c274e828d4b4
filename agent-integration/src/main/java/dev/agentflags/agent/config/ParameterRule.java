package dev.agentflags.agent.config;

import java.util.List;
import java.util.Set;

/** What a flag may set one parameter of the model to. */
public sealed interface ParameterRule {

    /** The rules for parameters that most models have; names as in their JSON. */
    List<ParameterRule> STANDARD = List.of(
            new Decimal("temperature", 0, 2),
            new Decimal("top_p", 0, 1),
            new Decimal("frequency_penalty", -2, 2),
            new Decimal("presence_penalty", -2, 2),
            new Whole("max_output_tokens", 1, Integer.MAX_VALUE),
            new Whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
            new Choice("reasoning_effort", Set.of("none", "minimal", "low", "medium", "high")));

    /** The parameter's name in the flag's value. */
    String name();

    /** A number from {@code min} to {@code max}; read as a {@link Double}. */
    record Decimal(String name, double min, double max) implements ParameterRule {}

    /** A number without a fraction, from {@code min} to {@code max}; read as a {@link Long}. */
    record Whole(String name, long min, long max) implements ParameterRule {}

    /** One of some texts. */
    record Choice(String name, Set<String> values) implements ParameterRule {

        /** Copies the values. */
        public Choice {
            values = Set.copyOf(values);
        }
    }

    /** True or false. */
    record Switch(String name) implements ParameterRule {}
}
