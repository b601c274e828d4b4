package dev.agentflags.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentConfigTest {

    private static final AgentConfig CONFIG = AgentConfig.of("gpt-4o", "Be helpful.")
            .tools("search", "calculator")
            .parameter("seed", 7);

    @Test
    void changes_by_giving_a_new_one() {
        AgentConfig changed = CONFIG.model("small")
                .systemPrompt("Be brief.")
                .addTool("shell")
                .removeTool("search")
                .parameter("temperature", 0.2)
                .parameter("reasoning_effort", "low");
        assertThat(changed.model()).isEqualTo("small");
        assertThat(changed.systemPrompt()).isEqualTo("Be brief.");
        assertThat(changed.tools()).containsExactly("calculator", "shell");
        assertThat(changed.parameters().temperature()).hasValue(0.2);
        assertThat(changed.parameters().whole("seed")).hasValue(7);
        assertThat(changed.parameters().number("seed")).hasValue(7);
        assertThat(changed.parameters().text("reasoning_effort")).contains("low");
        assertThat(changed.parameters().maxOutputTokens()).isEmpty();
        assertThat(changed.parameters().with("stream", true).flag("stream")).contains(true);
        assertThat(CONFIG.tools()).containsExactly("search", "calculator");
    }

    @Test
    void does_not_change_with_what_it_was_made_of() {
        var tools = new LinkedHashSet<>(List.of("search"));
        AgentConfig config = CONFIG.tools(tools);
        tools.add("shell");
        assertThat(config.tools()).containsExactly("search");
        assertThatThrownBy(() -> config.tools().add("shell")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // what careless code passes all the same
    void has_a_model_and_a_prompt() {
        assertThatThrownBy(() -> CONFIG.model(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> CONFIG.systemPrompt(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void is_described_without_its_prompt() {
        assertThat(CONFIG)
                .hasToString("AgentConfig[model=gpt-4o, systemPrompt=11 characters, tools=[search, calculator], "
                        + "parameters={seed=7}]");
    }

    @Test
    void refuses_parameters_of_other_types() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parameters(Map.of("stop", new ArrayList<>())))
                .withMessage("stop: expected a double, long, string or boolean, found a ArrayList");
    }
}
