package dev.agentflags.agent;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.ConfigRules;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentFlagsBuilderTest {

    private final AgentFlagsBuilder builder = builder("support");

    private static AgentFlagsBuilder builder(String agent) {
        return AgentFlags.builder(
                OpenFeatureAPI.createIsolated().getClient(), agent, AgentConfig.of("gpt-4o", "Be helpful."));
    }

    @Test
    void demands_rules_where_a_flag_names_models_or_tools() {
        for (AgentFlagsBuilder declared : new AgentFlagsBuilder[] {
            builder("a").modelFrom("f"),
            builder("a").toolsFrom("f"),
            builder("a").configFrom("f")
        }) {
            assertThatIllegalStateException()
                    .isThrownBy(declared::build)
                    .withMessage("a flag's value names models or tools: say which ones are allowed with"
                            + " rules(ConfigRules.allowing(models, tools))");
        }
        builder.systemPromptFrom("p").parametersFrom("q").build().close();
    }

    @Test
    void refuses_a_flag_that_is_declared_twice() {
        builder.systemPromptFrom("f");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.when("f", c -> c))
                .withMessage("expected each flag once, found \"f\" again");
    }

    @Test
    void refuses_two_bundles() {
        builder.configFrom("f");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.configFrom("g"))
                .withMessage("g: another flag is the whole configuration already");
    }

    @Test
    void refuses_a_change_that_fails_on_the_agents_own_configuration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.when("f", c -> {
                    throw new UnsupportedOperationException();
                }))
                .withMessage("f: the change fails on the agent's own configuration");
    }

    @Test
    void refuses_a_change_that_its_own_rules_forbid() {
        builder.when("f", c -> c.model("gpt-5")).rules(ConfigRules.allowing(Set.of("gpt-4o"), Set.of()));
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("f: $.model: expected one of [gpt-4o], found gpt-5");
    }

    @Test
    void refuses_to_decide_at_every_turn_what_was_not_declared() {
        builder.everyTurn("f", "g").when("f", c -> c);
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("everyTurn: expected a flag that is declared, found \"g\"");
    }

    @Test
    void refuses_options_out_of_range() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> builder("a".repeat(65)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.queueCapacity(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.abandonAfter(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.when(" ", c -> c));
    }
}
