package dev.agentflags.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.ConfigRules;
import dev.agentflags.agent.config.Parameters;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.conversation.PinStore;
import dev.agentflags.agent.outcome.Decision;
import dev.agentflags.agent.outcome.Decision.Status;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent's flags do over any provider; extended in each module that has one. */
public abstract class AgentFlagsContract {

    static final AgentConfig BASE =
            AgentConfig.of("gpt-4o", "You are a helpful assistant.").tools("search", "calculator");
    static final String REASONING = "Think step by step before answering.";
    static final ConfigRules RULES =
            ConfigRules.allowing(Set.of("gpt-4o", "gpt-4o-mini"), Set.of("search", "calculator", "code_interpreter"));

    final TestFlags flags = newFlags();
    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final List<AgentFlags> opened = new ArrayList<>();
    private Client client = api.getClient();

    /** The provider to test over, without flags. */
    protected abstract TestFlags newFlags();

    @BeforeEach
    void register() {
        api.setProviderAndWait(flags.provider());
        client = api.getClient();
    }

    @AfterEach
    void close() {
        opened.forEach(AgentFlags::close);
        api.shutdown();
    }

    final AgentFlagsBuilder agent() {
        return AgentFlags.builder(client, "support", BASE).rules(RULES).scheduler(new ManualScheduler());
    }

    final AgentFlags open(AgentFlagsBuilder builder) {
        AgentFlags agent = builder.build();
        opened.add(agent);
        return agent;
    }

    static AgentContext user(String id) {
        return AgentContext.user(id);
    }

    static Value object(Map<String, Object> fields) {
        return Value.objectToValue(fields);
    }

    static Decision decision(AgentRun run) {
        return run.decisions().get(0);
    }

    @Nested
    class SeedScenario {

        private AgentFlags agent() {
            // bob stands for the quarter of the users whose hash falls below 25 %
            flags.serveTo("new_reasoning_prompt", Set.of("alice", "bob"), Set.of("enterprise"));
            flags.serveTo("enable_code_interpreter", Set.of(), Set.of("pro", "enterprise"));
            flags.off("use_gpt4o_mini", false);
            return open(AgentFlagsContract.this
                    .agent()
                    .when("new_reasoning_prompt", c -> c.systemPrompt(REASONING))
                    .when("enable_code_interpreter", c -> c.addTool("code_interpreter"))
                    .when("use_gpt4o_mini", c -> c.model("gpt-4o-mini")));
        }

        @ParameterizedTest(name = "{0} on {1}: reasons {2}, interprets code {3}")
        @CsvSource({
            "alice, free, true, false",
            "alice, pro, true, true",
            "bob, free, true, false",
            "carol, free, false, false",
            "carol, pro, false, true",
            "carol, enterprise, true, true",
            "carol, , false, false",
            ", enterprise, true, true",
            ", , false, false"
        })
        void gives_each_caller_what_the_flags_say(
                @Nullable String user, @Nullable String plan, boolean reasons, boolean interpretsCode) {
            AgentConfig expected = reasons ? BASE.systemPrompt(REASONING) : BASE;
            expected = interpretsCode ? expected.addTool("code_interpreter") : expected;

            try (AgentRun run = agent().start(AgentContext.user(user).plan(plan))) {
                assertThat(run.config()).isEqualTo(expected);
            }
        }

        @Test
        void gives_the_codes_own_configuration_at_the_turn_after_a_kill() {
            AgentFlags agent = agent();
            AgentContext alice = user("alice").conversation("c-1");
            assertThat(agent.start(alice).config()).isEqualTo(BASE.systemPrompt(REASONING));

            flags.kill("new_reasoning_prompt", false);

            assertThat(agent.start(alice).config()).isEqualTo(BASE);
        }
    }

    @Nested
    class TheControlArm {

        private AgentRun run(AgentFlagsBuilder builder) {
            return open(builder).start(user("u-1"));
        }

        private void assertControl(AgentRun run, Status status, String label) {
            assertThat(run.config()).isEqualTo(BASE);
            assertThat(decision(run))
                    .extracting(Decision::status, Decision::label)
                    .containsExactly(status, label);
        }

        @Test
        void is_served_where_a_toggle_is_off() {
            flags.off("f", false);
            assertControl(run(agent().when("f", c -> c.model("gpt-4o-mini"))), Status.OFF, "off");
        }

        @Test
        void is_served_where_a_bundle_is_off_whatever_its_value() {
            flags.off("f", object(Map.of("model", "gpt-4o-mini")));
            assertControl(run(agent().configFrom("f")), Status.OFF, "off");
        }

        @Test
        void is_served_where_a_text_is_off_whatever_its_value() {
            flags.off("f", "gpt-4o-mini");
            assertControl(run(agent().modelFrom("f")), Status.OFF, "off");
        }

        @Test
        void is_served_where_a_flag_is_disabled() {
            flags.disable("f");
            assertControl(run(agent().when("f", c -> c.model("gpt-4o-mini"))), Status.OFF, "default");
            assertControl(run(agent().modelFrom("f")), Status.OFF, "default");
            assertControl(run(agent().configFrom("f")), Status.OFF, "default");
        }

        @Test
        void is_served_where_a_toggle_is_killed() {
            flags.kill("f", false);
            assertControl(run(agent().when("f", c -> c.model("gpt-4o-mini"))), Status.KILLED, "default");
        }

        @Test
        void is_served_where_a_bundle_is_killed_whatever_its_value() {
            flags.kill("f", object(Map.of("model", "gpt-4o-mini")));
            assertControl(run(agent().offVariants().configFrom("f")), Status.KILLED, "default");
        }

        @Test
        void is_served_where_a_flag_is_unknown() {
            AgentRun run = run(agent().when("f", c -> c.model("gpt-4o-mini")));
            assertControl(run, Status.FAILED, "default");
            assertThat(decision(run).error()).isEqualTo("FLAG_NOT_FOUND");
        }

        @Test
        void is_served_where_the_provider_is_down() {
            flags.serve("f", "on", true);
            flags.fail(true);
            AgentRun run = run(agent().when("f", c -> c.model("gpt-4o-mini")));
            assertControl(run, Status.FAILED, "default");
            assertThat(decision(run).error()).isEqualTo("GENERAL");
        }

        @Test
        void is_served_where_a_flag_is_of_another_type() {
            flags.serve("f", "on", "yes");
            AgentRun run = run(agent().when("f", c -> c.model("gpt-4o-mini")));
            assertControl(run, Status.FAILED, "default");
            assertThat(decision(run).error()).isEqualTo("TYPE_MISMATCH");
        }
    }

    @Nested
    class Values {

        private AgentRun run(AgentFlagsBuilder builder) {
            return open(builder).start(user("u-1"));
        }

        @Test
        void of_a_text_flag_are_the_model() {
            flags.serve("f", "small", "gpt-4o-mini");
            AgentRun run = run(agent().modelFrom("f"));
            assertThat(run.config()).isEqualTo(BASE.model("gpt-4o-mini"));
            assertThat(decision(run).label()).isEqualTo("small");
        }

        @Test
        void of_a_text_flag_are_the_prompt() {
            flags.serve("f", "terse", "Be terse.");
            assertThat(run(agent().systemPromptFrom("f")).config()).isEqualTo(BASE.systemPrompt("Be terse."));
        }

        @Test
        void of_an_object_flag_are_the_tools_in_their_order() {
            flags.serve("f", "v", object(Map.of("tools", List.of("code_interpreter", "search"))));
            assertThat(run(agent().toolsFrom("f")).config().tools()).containsExactly("code_interpreter", "search");
        }

        @Test
        void of_an_object_flag_are_the_parameters() {
            flags.serve("f", "v", object(Map.of("temperature", 0.2, "max_output_tokens", 256.0)));
            assertThat(run(agent().parametersFrom("f")).config().parameters())
                    .isEqualTo(Parameters.NONE.with("temperature", 0.2).with("max_output_tokens", 256L));
        }

        @Test
        void of_a_bundle_are_the_whole_configuration() {
            flags.serve(
                    "f",
                    "concise",
                    object(Map.of(
                            "model",
                            "gpt-4o-mini",
                            "system_prompt",
                            "Answer in at most three sentences.",
                            "tools",
                            List.of("search"),
                            "parameters",
                            Map.of("temperature", 1))));
            AgentRun run = run(agent().configFrom("f"));
            assertThat(run.config())
                    .isEqualTo(AgentConfig.of("gpt-4o-mini", "Answer in at most three sentences.")
                            .tools("search")
                            .parameter("temperature", 1.0));
            assertThat(run.decisions()).hasSize(1);
        }

        @Test
        void of_several_flags_take_effect_in_the_order_of_their_declaration() {
            flags.serve("bundle", "v", object(Map.of("model", "gpt-4o-mini", "system_prompt", "Be brief.")));
            flags.serve("shout", "on", true);
            AgentRun run = run(agent().configFrom("bundle")
                    .when("shout", c -> c.systemPrompt(c.systemPrompt() + " Use capitals.")));
            assertThat(run.config()).isEqualTo(BASE.model("gpt-4o-mini").systemPrompt("Be brief. Use capitals."));
        }

        @Test
        void that_are_invalid_are_refused_as_a_whole_and_the_decision_says_why() {
            flags.serve(
                    "f",
                    "v",
                    object(Map.of("model", "gpt-4o-mini", "parameters", Map.of("temperature", 3), "temprature", 1)));
            AgentRun run = run(agent().configFrom("f"));
            assertThat(run.config()).isEqualTo(BASE);
            assertThat(decision(run).status()).isEqualTo(Status.REFUSED);
            assertThat(decision(run).label()).isEqualTo("default");
            assertThat(decision(run).error())
                    .contains("$.temprature: unknown field")
                    .contains("$.parameters.temperature: must be 0..2, found 3");
        }

        @Test
        void that_are_not_allowed_are_refused() {
            flags.serve("model", "v", "gpt-5");
            flags.serve("tools", "v", object(Map.of("tools", List.of("search", "shell"))));
            AgentRun run = run(agent().modelFrom("model").toolsFrom("tools"));
            assertThat(run.config()).isEqualTo(BASE);
            assertThat(run.decisions())
                    .extracting(Decision::error)
                    .containsExactly(
                            "$: expected one of [gpt-4o, gpt-4o-mini], found gpt-5",
                            "$.tools[1]: expected one of [calculator, code_interpreter, search], found shell");
        }

        @Test
        void that_the_code_makes_are_held_to_the_rules_too() {
            flags.serve("mini", "on", true);
            flags.serve("f", "on", true);
            AgentRun run = run(agent().when("mini", c -> c.model("gpt-4o-mini"))
                    .when("f", c -> c.model().equals("gpt-4o") ? c : c.addTool("shell")));
            assertThat(run.config()).isEqualTo(BASE.model("gpt-4o-mini"));
            assertThat(run.decisions().get(1))
                    .extracting(Decision::status, Decision::error)
                    .containsExactly(
                            Status.REFUSED,
                            "$.tools: expected one of [calculator, code_interpreter, search], found shell");
        }
    }

    @Nested
    class Prompts {

        private AgentRun run(String template, Map<String, String> variables) {
            flags.serve("f", "v", template);
            return open(agent().systemPromptFrom("f")).start(user("u-1"), variables);
        }

        @Test
        void get_their_variables() {
            assertThat(run("Help {{name}} on {{plan}}.", Map.of("name", "Ann", "plan", "pro"))
                            .config()
                            .systemPrompt())
                    .isEqualTo("Help Ann on pro.");
        }

        @Test
        void take_a_value_that_looks_like_a_variable_verbatim() {
            assertThat(run("Help {{name}}.", Map.of("name", "{{other}}", "other", "secret"))
                            .config()
                            .systemPrompt())
                    .isEqualTo("Help {{other}}.");
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "Help {{nobody}}., $.system_prompt: missing variable nobody",
            "{{#if name}}Hi, '$.system_prompt: expected {{name}} at character 0, found another {{'"
        })
        void that_cannot_be_rendered_give_way_to_the_codes_own_prompt(String template, String error) {
            AgentRun run = run(template, Map.of("name", "Ann"));
            assertThat(run.config()).isEqualTo(BASE);
            assertThat(decision(run).status()).isEqualTo(Status.REFUSED);
            assertThat(decision(run).error()).isEqualTo(error);
        }

        @Test
        void of_a_bundle_take_the_whole_bundle_with_them() {
            flags.serve("f", "v", object(Map.of("model", "gpt-4o-mini", "system_prompt", "Help {{nobody}}.")));
            assertThat(open(agent().configFrom("f")).start(user("u-1")).config())
                    .isEqualTo(BASE);
        }

        @Test
        void survive_a_variable_without_a_value() {
            var variables = new HashMap<String, String>();
            variables.put("name", unknown());
            assertThat(run("Help {{name}}.", variables).config()).isEqualTo(BASE);
        }

        @SuppressWarnings("NullAway") // what a map of strings may hold all the same
        private static String unknown() {
            return null;
        }
    }

    @Nested
    class Conversations {

        private final AgentContext turn = user("u-1").conversation("c-1");

        @Test
        void keep_their_prompt_when_the_flag_flips_and_lose_it_when_it_is_killed() {
            AgentFlags agent = open(agent().systemPromptFrom("f"));
            flags.serve("f", "formal", "Be formal.");
            assertThat(agent.start(turn).config().systemPrompt()).isEqualTo("Be formal.");
            assertThat(agent.start(turn).config().systemPrompt()).isEqualTo("Be formal.");

            flags.serve("f", "casual", "Be casual.");
            AgentRun third = agent.start(turn);
            assertThat(third.config().systemPrompt()).isEqualTo("Be formal.");
            assertThat(decision(third))
                    .extracting(Decision::label, Decision::pinned)
                    .containsExactly("formal", true);

            flags.kill("f", "Be formal.");
            AgentRun fourth = agent.start(turn);
            assertThat(fourth.config()).isEqualTo(BASE);
            assertThat(decision(fourth).status()).isEqualTo(Status.KILLED);

            flags.serve("f", "casual", "Be casual.");
            assertThat(agent.start(turn).config().systemPrompt()).isEqualTo("Be casual.");
        }

        @Test
        void that_began_without_a_change_go_on_without_it() {
            AgentFlags agent = open(agent().when("f", c -> c.systemPrompt(REASONING)));
            flags.off("f", false);
            agent.start(turn);

            flags.serve("f", "on", true);
            AgentRun second = agent.start(turn);
            assertThat(second.config()).isEqualTo(BASE);
            assertThat(decision(second))
                    .extracting(Decision::label, Decision::pinned)
                    .containsExactly("off", true);
            assertThat(agent.start(turn.conversation("c-2")).config().systemPrompt())
                    .isEqualTo(REASONING);
            assertThat(agent.start(user("u-1")).config().systemPrompt()).isEqualTo(REASONING);
        }

        @Test
        void keep_a_prompt_whose_text_is_edited() {
            AgentFlags agent = open(agent().systemPromptFrom("f"));
            flags.serve("f", "v", "Help {{name}}.");
            agent.start(turn, Map.of("name", "Ann"));
            flags.serve("f", "v", "Assist {{name}}.");
            assertThat(agent.start(turn, Map.of("name", "Bob")).config().systemPrompt())
                    .isEqualTo("Help Bob.");
        }

        @Test
        void keep_their_label_when_another_variant_has_the_same_text() {
            AgentFlags agent = open(agent().systemPromptFrom("f"));
            flags.serve("f", "a", "Be brief.");
            agent.start(turn);
            flags.serve("f", "b", "Be brief.");
            assertThat(decision(agent.start(turn)).label()).isEqualTo("a");
        }

        @Test
        void follow_a_flag_that_is_switched_off() {
            AgentFlags agent = open(agent().configFrom("f"));
            flags.serve("f", "v", object(Map.of("model", "gpt-4o-mini")));
            agent.start(turn);
            flags.off("f", object(Map.of("model", "gpt-4o-mini")));
            assertThat(agent.start(turn).config()).isEqualTo(BASE);
        }

        @Test
        void follow_a_flag_that_is_disabled() {
            AgentFlags agent = open(agent().when("f", c -> c.model("gpt-4o-mini")));
            flags.serve("f", "on", true);
            agent.start(turn);
            flags.disable("f");
            assertThat(agent.start(turn).config()).isEqualTo(BASE);
        }

        @Test
        void follow_a_flag_that_is_removed() {
            AgentFlags agent = open(agent().when("f", c -> c.model("gpt-4o-mini")));
            flags.serve("f", "on", true);
            agent.start(turn);
            flags.remove("f");
            assertThat(agent.start(turn).config()).isEqualTo(BASE);
        }

        @Test
        void keep_what_they_have_while_the_provider_fails_except_for_tools() {
            AgentFlags agent =
                    open(agent().when("f", c -> c.systemPrompt(REASONING).addTool("code_interpreter")));
            flags.serve("f", "on", true);
            AgentConfig full = agent.start(turn).config();

            flags.fail(true);
            AgentRun second = agent.start(turn);
            assertThat(second.config()).isEqualTo(BASE.systemPrompt(REASONING));
            assertThat(decision(second))
                    .extracting(Decision::label, Decision::pinned, Decision::error)
                    .containsExactly("on", true, "GENERAL");

            flags.fail(false);
            assertThat(agent.start(turn).config()).isEqualTo(full);
        }

        @Test
        void never_keep_a_default() {
            AgentFlags agent = open(agent().when("f", c -> c.model("gpt-4o-mini")));
            agent.start(turn);
            flags.serve("f", "on", true);
            assertThat(agent.start(turn).config().model()).isEqualTo("gpt-4o-mini");
        }

        @Test
        void never_keep_what_was_refused() {
            AgentFlags agent = open(agent().modelFrom("f"));
            flags.serve("f", "v", "gpt-5");
            agent.start(turn);
            flags.serve("f", "w", "gpt-4o-mini");
            assertThat(agent.start(turn).config().model()).isEqualTo("gpt-4o-mini");
        }

        @Test
        void get_only_the_tools_that_their_caller_may_use_now() {
            AgentFlags agent = open(agent().configFrom("f"));
            flags.serve(
                    "f", "a", object(Map.of("system_prompt", "Be A.", "tools", List.of("search", "code_interpreter"))));
            agent.start(turn);
            flags.serve("f", "b", object(Map.of("system_prompt", "Be B.", "tools", List.of("calculator", "search"))));

            AgentConfig second = agent.start(turn).config();

            assertThat(second.systemPrompt()).isEqualTo("Be A.");
            assertThat(second.tools()).containsExactly("search");
        }

        @Test
        void lose_the_tools_of_a_plan_that_has_ended() {
            flags.serveTo("f", Set.of(), Set.of("pro"));
            AgentFlags agent = open(agent().when("f", c -> c.addTool("code_interpreter")));
            assertThat(agent.start(turn.plan("pro")).config().tools()).contains("code_interpreter");
            assertThat(agent.start(turn.plan("free")).config()).isEqualTo(BASE);
        }

        @Test
        void keep_their_prompt_through_a_turn_that_lacks_a_variable_of_it() {
            AgentFlags agent = open(agent().systemPromptFrom("f"));
            flags.serve("f", "a", "Help {{name}}.");
            agent.start(turn, Map.of("name", "Ann"));

            AgentRun second = agent.start(turn);
            assertThat(second.config()).isEqualTo(BASE);
            assertThat(decision(second))
                    .extracting(Decision::status, Decision::label, Decision::pinned, Decision::error)
                    .containsExactly(Status.REFUSED, "default", false, "$.system_prompt: missing variable name");

            flags.serve("f", "b", "Be B.");
            assertThat(agent.start(turn).config()).isEqualTo(BASE);
            AgentRun fourth = agent.start(turn, Map.of("name", "Ann"));
            assertThat(fourth.config().systemPrompt()).isEqualTo("Help Ann.");
            assertThat(decision(fourth).pinned()).isTrue();
        }

        @Test
        void keep_what_they_have_through_a_turn_in_which_the_change_throws() {
            var broken = new AtomicBoolean();
            AgentFlags agent = open(agent().when("f", c -> {
                if (broken.get()) {
                    throw new IllegalStateException();
                }
                return c.systemPrompt(REASONING);
            }));
            flags.serve("f", "a", true);
            agent.start(turn);
            broken.set(true);
            assertThat(agent.start(turn).config()).isEqualTo(BASE);

            broken.set(false);
            flags.serve("f", "b", true);
            assertThat(decision(agent.start(turn)).label()).isEqualTo("a");
        }

        @Test
        void keep_nothing_of_flags_that_are_decided_anew_at_every_turn() {
            AgentFlags agent = open(agent().when("gpt4o_is_down", c -> c.model("gpt-4o-mini"))
                    .systemPromptFrom("f")
                    .everyTurn("gpt4o_is_down"));
            flags.off("gpt4o_is_down", false);
            flags.serve("f", "a", "Be A.");
            assertThat(agent.start(turn).config()).isEqualTo(BASE.systemPrompt("Be A."));

            flags.serve("gpt4o_is_down", "on", true);
            flags.serve("f", "b", "Be B.");

            AgentRun second = agent.start(turn);
            assertThat(second.config()).isEqualTo(BASE.model("gpt-4o-mini").systemPrompt("Be A."));
            assertThat(second.decisions()).extracting(Decision::pinned).containsExactly(false, true);
            flags.fail(true);
            assertThat(agent.start(turn).config()).isEqualTo(BASE.systemPrompt("Be A."));
        }

        @Test
        void forget_what_they_kept_of_a_flag_that_has_come_to_be_decided_at_every_turn() {
            PinStore shared = PinStore.inMemory(10, Duration.ofHours(1));
            flags.serve("f", "a", "Be A.");
            open(agent().systemPromptFrom("f").pins(shared)).start(turn);

            flags.serve("f", "b", "Be B.");
            AgentFlags redeployed =
                    open(agent().systemPromptFrom("f").pins(shared).everyTurn("f"));
            assertThat(redeployed.start(turn).config().systemPrompt()).isEqualTo("Be B.");
            assertThat(open(agent().systemPromptFrom("f").pins(shared))
                            .start(turn)
                            .config()
                            .systemPrompt())
                    .isEqualTo("Be B.");
        }

        @Test
        void are_a_users_own() {
            AgentFlags agent = open(agent().systemPromptFrom("f"));
            flags.serve("f", "a", "Be A.");
            agent.start(turn);
            flags.serve("f", "b", "Be B.");
            assertThat(agent.start(user("u-2").conversation("c-1")).config().systemPrompt())
                    .isEqualTo("Be B.");
        }

        @Test
        void are_a_tenants_own() {
            AgentFlags agent = open(agent().systemPromptFrom("f"));
            flags.serve("f", "a", "Be A.");
            agent.start(turn.tenant("acme"));
            flags.serve("f", "b", "Be B.");
            assertThat(agent.start(turn.tenant("globex")).config().systemPrompt())
                    .isEqualTo("Be B.");
            assertThat(agent.start(turn.tenant("acme")).config().systemPrompt()).isEqualTo("Be A.");
        }

        @Test
        void of_anonymous_callers_are_kept_too() {
            AgentFlags agent = open(agent().systemPromptFrom("f"));
            AgentContext anonymous = AgentContext.nobody().conversation("c-1");
            flags.serve("f", "a", "Be A.");
            agent.start(anonymous);
            flags.serve("f", "b", "Be B.");
            assertThat(agent.start(anonymous).config().systemPrompt()).isEqualTo("Be A.");
        }

        @Test
        void keep_nothing_that_the_rules_have_come_to_forbid() {
            PinStore shared = PinStore.inMemory(10, Duration.ofHours(1));
            flags.serve("f", "old", "gpt-4o-mini");
            open(agent().modelFrom("f").pins(shared)).start(turn);

            flags.serve("f", "new", "gpt-5");
            AgentFlags redeployed =
                    open(agent().modelFrom("f").pins(shared).rules(ConfigRules.allowing(Set.of("gpt-5"), Set.of())));
            assertThat(redeployed.start(turn).config().model()).isEqualTo("gpt-5");
        }
    }

    @Nested
    class Tools {

        @Test
        void that_are_killed_in_mid_turn_are_not_called_again() throws Exception {
            flags.serve("f", "on", true);
            AgentRun run = open(agent().when("f", c -> c.addTool("code_interpreter")))
                    .start(user("u-1").conversation("c-1"));
            assertThat(run.tools().call("code_interpreter", () -> 42)).isEqualTo(42);

            flags.kill("f", false);

            assertThat(run.config().tools()).contains("code_interpreter");
            assertThat(run.tools().permits("code_interpreter")).isFalse();
        }

        @Test
        void of_a_bundle_that_is_killed_fall_back_to_the_codes_own() {
            flags.serve("f", "v", object(Map.of("tools", List.of("search", "code_interpreter"))));
            AgentRun run = open(agent().configFrom("f")).start(user("u-1"));
            flags.kill("f", object(Map.of()));
            assertThat(run.tools().permits("code_interpreter")).isFalse();
            assertThat(run.tools().permits("search")).isTrue();
        }

        @Test
        void are_refused_where_their_flag_fails() {
            flags.serve("f", "on", true);
            AgentRun run =
                    open(agent().when("f", c -> c.addTool("code_interpreter"))).start(user("u-1"));
            flags.fail(true);
            assertThat(run.tools().permits("code_interpreter")).isFalse();
            assertThat(run.tools().permits("search")).isTrue();
        }

        @Test
        void that_are_added_on_a_condition_are_watched_all_the_same() {
            flags.serve("mini", "on", true);
            flags.serve("f", "on", true);
            AgentRun run = open(agent().when("mini", c -> c.model("gpt-4o-mini"))
                            .when("f", c -> c.model().equals("gpt-4o-mini") ? c.addTool("code_interpreter") : c))
                    .start(user("u-1"));
            assertThat(run.tools().permits("code_interpreter")).isTrue();
            flags.kill("f", false);
            assertThat(run.tools().permits("code_interpreter")).isFalse();
        }

        @Test
        void cost_no_evaluation_where_no_flag_has_a_say_in_them() {
            flags.serve("prompt", "v", "Be brief.");
            flags.serve("model", "v", "gpt-4o-mini");
            var asked = new ArrayList<String>();
            AgentRun run =
                    open(agent().systemPromptFrom("prompt").modelFrom("model")).start(user("u-1"));
            api.addHooks(new Hook<Object>() {
                @Override
                public void finallyAfter(
                        HookContext<Object> context, FlagEvaluationDetails<Object> details, Map<String, Object> hints) {
                    asked.add(context.getFlagKey());
                }
            });
            assertThat(run.tools().permits("search")).isTrue();
            assertThat(asked).isEmpty();
        }

        @Test
        void that_a_list_of_other_tools_takes_away_in_mid_turn_are_not_called_again() {
            flags.serve("ci", "on", true);
            flags.off("safe_mode", false);
            AgentRun run = open(agent().when("ci", c -> c.addTool("code_interpreter"))
                            .when("safe_mode", c -> c.tools("search")))
                    .start(user("u-1"));
            assertThat(run.tools().permits("code_interpreter")).isTrue();

            flags.serve("safe_mode", "on", true);

            assertThat(run.tools().permits("code_interpreter")).isFalse();
            assertThat(run.tools().permits("search")).isTrue();
        }

        @Test
        void that_one_flag_adds_and_another_takes_away_in_mid_turn_are_not_called_again() {
            flags.serve("ci", "on", true);
            flags.off("no_ci", false);
            AgentRun run = open(agent().when("ci", c -> c.addTool("code_interpreter"))
                            .when("no_ci", c -> c.removeTool("code_interpreter")))
                    .start(user("u-1"));
            assertThat(run.tools().permits("code_interpreter")).isTrue();
            flags.serve("no_ci", "on", true);
            assertThat(run.tools().permits("code_interpreter")).isFalse();
        }

        @Test
        void that_a_bundle_gives_and_a_toggle_takes_away_in_mid_turn_are_not_called_again() {
            flags.serve("bundle", "v", object(Map.of("tools", List.of("search", "code_interpreter"))));
            flags.off("no_ci", false);
            AgentRun run = open(agent().configFrom("bundle").when("no_ci", c -> c.removeTool("code_interpreter")))
                    .start(user("u-1"));
            assertThat(run.tools().permits("code_interpreter")).isTrue();
            flags.serve("no_ci", "on", true);
            assertThat(run.tools().permits("code_interpreter")).isFalse();
        }

        @Test
        void that_would_be_taken_away_if_another_flag_had_not_decided_otherwise_are_permitted() {
            flags.serve("model", "small", "gpt-4o-mini");
            flags.serve("cheap", "on", true);
            AgentRun run = open(agent().modelFrom("model")
                            .when("cheap", c -> c.model().equals("gpt-4o") ? c.removeTool("calculator") : c))
                    .start(user("u-1"));
            assertThat(run.config().tools()).contains("calculator");
            assertThat(run.tools().permits("calculator")).isTrue();
        }

        @Test
        void are_refused_once_the_run_has_ended() {
            AgentRun run = open(agent()).start(user("u-1"));
            assertThat(run.tools().permits("search")).isTrue();
            run.success();
            assertThat(run.tools().permits("search")).isFalse();
        }

        @Test
        void of_the_codes_own_that_a_flag_takes_away_in_mid_turn_are_not_called_again() {
            flags.off("no_calculator", false);
            AgentRun run = open(agent().when("no_calculator", c -> c.removeTool("calculator")))
                    .start(user("u-1"));
            assertThat(run.tools().permits("calculator")).isTrue();
            flags.serve("no_calculator", "on", true);
            assertThat(run.tools().permits("calculator")).isFalse();
        }

        @Test
        void that_the_agent_does_not_have_are_refused() {
            AgentRun run = open(agent()).start(user("u-1"));
            assertThat(run.tools().permits("shell")).isFalse();
        }
    }

    @Test
    void serves_10_000_runs_at_a_time_of_1_000_users_without_cross_talk_whatever_flips_meanwhile() throws Exception {
        Set<String> even =
                IntStream.range(0, 500).mapToObj(i -> Integer.toString(2 * i)).collect(Collectors.toSet());
        flags.serveTo("prompt", even, Set.of());
        flags.serve("mini", "on", true);
        AgentFlags agent = open(
                agent().when("prompt", c -> c.systemPrompt("For {{user}}.")).when("mini", c -> c.model("gpt-4o-mini")));
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<AgentRun>> starting = IntStream.range(0, 10_000)
                    .mapToObj(i -> pool.submit(() -> startFor(agent, Integer.toString(i % 1_000))))
                    .toList();
            for (int flip = 0; !starting.get(9_999).isDone(); flip++) {
                flipOrKill("mini", flip);
            }
            List<AgentRun> runs = starting.stream().map(AgentFlagsContract::get).toList();
            assertThat(agent.liveRuns()).isEqualTo(10_000);
            for (int i = 0; i < 10_000; i++) {
                assertServed(runs.get(i), i % 1_000);
            }
            assertThat(runs.stream().map(run -> run.ref().runId())).doesNotHaveDuplicates();

            runs.stream().map(run -> pool.submit(run::success)).toList().forEach(AgentFlagsContract::get);
        } finally {
            pool.shutdownNow();
        }
        assertThat(agent.liveRuns()).isZero();
    }

    private static AgentRun startFor(AgentFlags agent, String user) {
        return agent.start(user(user).conversation("c"), Map.of("user", user));
    }

    private void flipOrKill(String flag, int turn) {
        switch (turn % 3) {
            case 0 -> flags.kill(flag, false);
            case 1 -> flags.serve(flag, "on", true);
            default -> flags.off(flag, false);
        }
    }

    /** What the run has is its own user's, and of a piece with what it says that the flags decided. */
    private static void assertServed(AgentRun run, int user) {
        boolean mini = run.decisions().get(1).status() == Status.SERVED;
        AgentConfig expected = user % 2 == 0 ? BASE.systemPrompt("For " + user + ".") : BASE;
        assertThat(run.config()).isEqualTo(mini ? expected.model("gpt-4o-mini") : expected);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
