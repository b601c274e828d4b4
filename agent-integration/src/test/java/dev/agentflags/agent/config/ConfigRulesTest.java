package dev.agentflags.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.openfeature.sdk.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigRulesTest {

    private static final AgentConfig BASE =
            AgentConfig.of("gpt-4o", "Be helpful.").tools("search").parameter("temperature", 1.0);
    private static final ConfigRules RULES = ConfigRules.builder()
            .models(Set.of("gpt-4o", "gpt-4o-mini"))
            .tools(Set.of("search", "calculator"))
            .parameter(new ParameterRule.Switch("parallel_tool_calls"))
            .build();

    private static Value value(Object value) {
        return Value.objectToValue(value);
    }

    @Nested
    class Read {

        @Test
        void every_field() throws Exception {
            AgentConfig config = RULES.read(
                    value(Map.of(
                            "model",
                            "gpt-4o-mini",
                            "system_prompt",
                            "Be brief.",
                            "tools",
                            List.of("calculator", "search", "calculator"),
                            "parameters",
                            Map.of(
                                    "temperature",
                                    0,
                                    "max_output_tokens",
                                    256.0,
                                    "seed",
                                    7L,
                                    "reasoning_effort",
                                    "low",
                                    "parallel_tool_calls",
                                    true))),
                    BASE);
            assertThat(config)
                    .isEqualTo(AgentConfig.of("gpt-4o-mini", "Be brief.")
                            .tools("calculator", "search")
                            .parameters(new Parameters(Map.of(
                                    "temperature",
                                    0.0,
                                    "max_output_tokens",
                                    256L,
                                    "seed",
                                    7L,
                                    "reasoning_effort",
                                    "low",
                                    "parallel_tool_calls",
                                    true))));
            assertThat(config.tools()).containsExactly("calculator", "search");
        }

        @Test
        void what_is_absent_from_the_base() throws Exception {
            assertThat(RULES.read(value(Map.of()), BASE)).isEqualTo(BASE);
        }

        @Test
        void an_empty_list_of_tools_as_none() throws Exception {
            assertThat(RULES.read(value(Map.of("tools", List.of())), BASE).tools())
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"temperature, 0", "temperature, 2", "max_output_tokens, 1", "max_output_tokens, 2147483647"})
        void numbers_up_to_their_limits(String name, double value) throws Exception {
            assertThat(RULES.readParameters(value(Map.of(name, value))).number(name))
                    .hasValue(value);
        }

        @Test
        void every_whole_number_that_a_double_can_hold() throws Exception {
            double most = 1L << 53;
            assertThat(RULES.readParameters(value(Map.of("seed", most))).whole("seed"))
                    .hasValue(1L << 53);
        }

        @Test
        void tools_from_a_list_or_an_object() throws Exception {
            assertThat(RULES.readTools(value(List.of("search")))).containsExactly("search");
            assertThat(RULES.readTools(value(Map.of("tools", List.of("search")))))
                    .containsExactly("search");
        }
    }

    static Stream<Arguments> mistakes() {
        var withNull = new HashMap<String, Object>();
        withNull.put("model", null);
        return Stream.of(
                Arguments.of("gpt-4o", "$: expected an object, found a string"),
                Arguments.of(List.of(), "$: expected an object, found a list"),
                Arguments.of(Instant.EPOCH, "$: expected an object, found a date"),
                Arguments.of(
                        Map.of("temprature", 1),
                        "$.temprature: unknown field, expected one of [model, system_prompt, tools, parameters]"),
                Arguments.of(withNull, "$.model: expected a string, found null"),
                Arguments.of(Map.of("model", 4), "$.model: expected a string, found a number"),
                Arguments.of(Map.of("model", " "), "$.model: must not be blank"),
                Arguments.of(Map.of("model", "gpt-5"), "$.model: expected one of [gpt-4o, gpt-4o-mini], found gpt-5"),
                Arguments.of(Map.of("system_prompt", ""), "$.system_prompt: must not be blank"),
                Arguments.of(Map.of("tools", "search"), "$.tools: expected a list of names, found a string"),
                Arguments.of(
                        Map.of("tools", List.of("search", true)), "$.tools[1]: expected a string, found a boolean"),
                Arguments.of(
                        Map.of("tools", List.of("shell")),
                        "$.tools[0]: expected one of [calculator, search], found shell"),
                Arguments.of(Map.of("parameters", 1), "$.parameters: expected an object, found a number"),
                Arguments.of(parameter("temperature", 2.1), "$.parameters.temperature: must be 0..2, found 2.1"),
                Arguments.of(parameter("temperature", Double.NaN), "$.parameters.temperature: must be 0..2, found NaN"),
                Arguments.of(
                        parameter("temperature", "hot"), "$.parameters.temperature: expected a number, found a string"),
                Arguments.of(
                        parameter("max_output_tokens", 1.9),
                        "$.parameters.max_output_tokens: expected an integer, found 1.9"),
                Arguments.of(
                        parameter("max_output_tokens", 0),
                        "$.parameters.max_output_tokens: must be 1..2147483647, found 0"),
                Arguments.of(
                        parameter("max_output_tokens", "many"),
                        "$.parameters.max_output_tokens: expected an integer, found a string"),
                Arguments.of(parameter("seed", 1e300), "$.parameters.seed: expected an integer, found 1.0E300"),
                Arguments.of(
                        parameter("reasoning_effort", "huge"),
                        "$.parameters.reasoning_effort: expected one of [high, low, medium, minimal, none], found huge"),
                Arguments.of(
                        parameter("parallel_tool_calls", "yes"),
                        "$.parameters.parallel_tool_calls: expected a boolean, found a string"));
    }

    private static Map<String, Object> parameter(String name, Object value) {
        return Map.of("parameters", Map.of(name, value));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void name_a_mistake_by_its_place(Object value, String problem) {
        InvalidConfigException e =
                catchThrowableOfType(InvalidConfigException.class, () -> RULES.read(value(value), BASE));
        assertThat(e.problems()).containsExactly(problem);
    }

    @Test
    void name_every_mistake_at_once() {
        InvalidConfigException e = catchThrowableOfType(
                InvalidConfigException.class, () -> RULES.read(value(Map.of("model", 1, "tools", 2, "x", 3)), BASE));
        assertThat(e.problems()).hasSize(3);
        assertThat(e).hasMessageContainingAll("$.model", "$.tools", "$.x");
    }

    @Test
    void refuse_parameters_that_have_no_rule() {
        InvalidConfigException e = catchThrowableOfType(
                InvalidConfigException.class, () -> RULES.readParameters(value(Map.of("temprature", 1))));
        assertThat(e).hasMessageStartingWith("$.temprature: unknown field, expected one of [frequency_penalty, ");
    }

    @Test
    void refuse_an_object_of_tools_without_any() {
        InvalidConfigException e =
                catchThrowableOfType(InvalidConfigException.class, () -> RULES.readTools(value(Map.of())));
        assertThat(e).hasMessage("$.tools: expected a list of names, found null");
    }

    @Test
    void allow_what_the_code_has_itself() {
        AgentConfig own = AgentConfig.of("own-model", "Be helpful.").tools("own-tool");
        assertThat(RULES.problem(own, own)).isNull();
        assertThat(RULES.problem(own.model("gpt-5"), own)).startsWith("$.model: expected one of");
        assertThat(RULES.problem(own.addTool("shell"), own)).startsWith("$.tools: expected one of");
    }

    @Nested
    class Templates {

        private final Value value = value(Map.of("model", "gpt-5", "system_prompt", "Help {{name}} on {{plan}}."));

        @Test
        void are_checked_where_the_variables_of_a_turn_are_known() {
            var invalid =
                    catchThrowableOfType(InvalidConfigException.class, () -> RULES.read(value, BASE, Set.of("name")));
            assertThat(invalid.problems())
                    .containsExactly(
                            "$.model: expected one of [gpt-4o, gpt-4o-mini], found gpt-5",
                            "$.system_prompt: missing variable plan");
        }

        @Test
        void that_can_be_rendered_are_read_as_they_are() throws Exception {
            Value prompt = value(Map.of("system_prompt", "Help {{name}}."));
            assertThat(RULES.read(prompt, BASE, Set.of("name"))).isEqualTo(BASE.systemPrompt("Help {{name}}."));
        }
    }
}
