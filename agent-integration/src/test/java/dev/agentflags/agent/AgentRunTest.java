package dev.agentflags.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.conversation.Conversation;
import dev.agentflags.agent.conversation.Pin;
import dev.agentflags.agent.conversation.PinStore;
import dev.agentflags.agent.outcome.Decision;
import dev.agentflags.agent.outcome.ErrorClass;
import dev.agentflags.agent.outcome.ErrorClassifier;
import dev.agentflags.agent.outcome.RunEnd;
import dev.agentflags.agent.outcome.RunEnd.Abandoned;
import dev.agentflags.agent.outcome.RunEnd.Cancelled;
import dev.agentflags.agent.outcome.RunEnd.Failed;
import dev.agentflags.agent.outcome.RunEnd.Succeeded;
import dev.agentflags.agent.outcome.RunOutcome;
import dev.agentflags.agent.outcome.RunOutcome.Tools;
import dev.agentflags.agent.outcome.RunOutcome.Usage;
import dev.agentflags.agent.outcome.RunRef;
import dev.agentflags.agent.outcome.ToolOutcome;
import dev.openfeature.sdk.BooleanHook;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgentRunTest {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final ForeignFlags flags = new ForeignFlags();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Recorded recorded = new Recorded();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private AgentFlags agent = open();

    private AgentFlags open() {
        return AgentFlags.builder(
                        api.getClient(),
                        "support",
                        AgentConfig.of("gpt-4o", "Be helpful.").tools("search"))
                .when("f", c -> c.model("gpt-4o-mini"))
                .listener(recorded)
                .scheduler(scheduler)
                .nanoTime(nanos::get)
                .abandonAfter(Duration.ofMinutes(10))
                .build();
    }

    @BeforeEach
    void register() {
        api.setProviderAndWait(flags);
        flags.serve("f", "on", true);
    }

    @AfterEach
    void close() {
        agent.close();
        api.shutdown();
    }

    private AgentRun start() {
        return agent.start(AgentContext.user("u-1"));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** What was reported, once it has been delivered. */
    private RunOutcome outcome() {
        scheduler.runAll();
        assertThat(agent.liveRuns()).isZero();
        assertThat(recorded.runs()).hasSize(1);
        return recorded.runs().get(0);
    }

    private RunEnd end() {
        return outcome().end();
    }

    @Nested
    class Measures {

        @Test
        void time_tokens_and_tools_from_start_to_end() {
            AgentRun run = start();
            pass(Duration.ofMillis(300));
            run.firstToken();
            pass(Duration.ofMillis(700));
            run.firstToken();
            run.modelCall(100, 20);
            run.modelCall(150, 30, "length");
            run.toolCall("search", ToolOutcome.OK);
            run.toolCall("search", ToolOutcome.ERROR);
            run.toolCall("shell", ToolOutcome.REFUSED);
            run.success();

            RunOutcome outcome = outcome();
            assertThat(outcome.end()).isEqualTo(new Succeeded());
            assertThat(outcome.duration()).isEqualTo(Duration.ofSeconds(1));
            assertThat(outcome.timeToFirstToken()).isEqualTo(Duration.ofMillis(300));
            assertThat(outcome.usage()).isEqualTo(new Usage(2, 250, 50));
            assertThat(outcome.tools()).isEqualTo(new Tools(2, 1, 1, Set.of("search")));
            assertThat(outcome.decisions()).isEqualTo(run.decisions());
            assertThat(outcome.ref()).isEqualTo(run.ref());
        }

        @Test
        void calls_of_tools_that_go_through_the_gate() throws Exception {
            AgentRun run = start();
            assertThat(run.tools().call("search", () -> "found")).isEqualTo("found");
            run.success();
            assertThat(outcome().tools()).isEqualTo(new Tools(1, 0, 0, Set.of()));
        }

        @Test
        void no_first_token_where_none_was_reported() {
            start().success();
            assertThat(outcome().timeToFirstToken()).isNull();
        }
    }

    @Nested
    class Ends {

        @Test
        void once_with_what_was_said_first() {
            AgentRun run = start();
            run.error(new IllegalStateException());
            run.success();
            run.cancelled();
            run.close();
            assertThat(end()).isEqualTo(new Failed(ErrorClass.VARIANT, "java.lang.IllegalStateException"));
        }

        @Test
        void as_an_error_when_the_model_throws() {
            var failure = new CompletionException(new TimeoutException("slow"));
            assertThatThrownBy(() -> agent.call(AgentContext.user("u-1"), run -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(end()).isEqualTo(new Failed(ErrorClass.INFRASTRUCTURE, "java.util.concurrent.TimeoutException"));
        }

        @Test
        void as_a_success_when_the_turn_returns() {
            String model =
                    agent.call(AgentContext.user("u-1"), run -> run.config().model());
            assertThat(model).isEqualTo("gpt-4o-mini");
            assertThat(end()).isEqualTo(new Succeeded());
        }

        @Test
        void as_a_success_when_a_tool_throws_and_the_model_does_without() {
            AgentRun run = start();
            assertThatThrownBy(() -> run.tools().call("search", () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
            run.success();
            assertThat(end()).isEqualTo(new Succeeded());
            assertThat(outcome().tools()).isEqualTo(new Tools(1, 1, 0, Set.of("search")));
        }

        @Test
        void as_truncated_when_the_models_stream_was_cut_short() {
            AgentRun run = start();
            run.firstToken();
            run.modelCall(100, 3, null);
            run.success();
            assertThat(end()).isEqualTo(new Failed(ErrorClass.INFRASTRUCTURE, Failed.TRUNCATED));
        }

        @Test
        void as_a_success_when_a_call_was_cut_short_but_repeated() {
            AgentRun run = start();
            run.modelCall(100, 3, null);
            run.modelCall(100, 30, "stop");
            run.success();
            assertThat(end()).isEqualTo(new Succeeded());
        }

        @Test
        void as_cancelled_when_the_caller_leaves() {
            start().cancelled();
            assertThat(end()).isEqualTo(new Cancelled());
        }

        @Test
        void as_cancelled_when_the_error_says_so() {
            start().error(new CompletionException(new CancellationException()));
            assertThat(end()).isEqualTo(new Cancelled());
        }

        @Test
        void as_unfinished_when_the_error_is_none() {
            start().error(Starts.none());
            assertThat(end()).isEqualTo(new Failed(ErrorClass.UNKNOWN, Failed.UNFINISHED));
        }

        @Test
        void as_the_wrapper_where_there_is_nothing_in_it() {
            start().error(new CompletionException(null));
            assertThat(end()).isEqualTo(new Failed(ErrorClass.VARIANT, "java.util.concurrent.CompletionException"));
        }

        @Test
        void as_unfinished_when_it_is_closed_without_an_end() {
            start().close();
            assertThat(end()).isEqualTo(new Failed(ErrorClass.UNKNOWN, Failed.UNFINISHED));
        }

        @Test
        void as_abandoned_when_nobody_ends_it() {
            AgentRun run = start();
            pass(Duration.ofMinutes(10));
            scheduler.tick();
            assertThat(agent.liveRuns()).isOne();

            pass(Duration.ofNanos(1));
            scheduler.tick();
            assertThat(end()).isEqualTo(new Abandoned());
            run.success();
            assertThat(end()).isEqualTo(new Abandoned());
        }

        @Test
        void as_abandoned_only_after_it_was_silent_for_long() {
            AgentRun run = start();
            for (Runnable activity : List.<Runnable>of(
                    () -> run.modelCall(1, 1),
                    () -> run.toolCall("search", ToolOutcome.OK),
                    run::firstToken,
                    () -> run.tools().permits("search"))) {
                pass(Duration.ofMinutes(9));
                activity.run();
                scheduler.tick();
                assertThat(agent.liveRuns()).isOne();
            }
            pass(Duration.ofMinutes(11));
            scheduler.tick();
            assertThat(end()).isEqualTo(new Abandoned());
        }

        @Test
        void as_abandoned_when_the_agents_flags_are_closed() {
            start();
            agent.close();
            assertThat(end()).isEqualTo(new Abandoned());
            start();
            assertThat(agent.liveRuns()).isZero();
        }

        private void with(ErrorClassifier classifier) {
            agent.close();
            agent = AgentFlags.builder(api.getClient(), "support", AgentConfig.of("m", "p"))
                    .classifier(classifier)
                    .listener(recorded)
                    .scheduler(scheduler)
                    .build();
        }

        @Test
        void as_the_variants_error_when_the_classifier_throws() {
            with(error -> {
                throw new IllegalStateException();
            });
            start().error(new TimeoutException());
            assertThat(end()).isEqualTo(new Failed(ErrorClass.VARIANT, "java.util.concurrent.TimeoutException"));
        }

        @Test
        void as_the_variants_error_when_the_classifier_lacks_a_class_and_does_not_hide_the_agents_own() {
            with(error -> {
                throw new NoClassDefFoundError("com/vendor/ServiceException");
            });
            var failure = new IllegalStateException("the agent's own");
            assertThatThrownBy(() -> agent.call(AgentContext.user("u-1"), run -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(end()).isEqualTo(new Failed(ErrorClass.VARIANT, "java.lang.IllegalStateException"));
        }

        @Test
        void as_the_variants_error_when_the_classifier_says_nothing() {
            with(error -> Starts.none());
            start().error(new TimeoutException());
            assertThat(end()).isEqualTo(new Failed(ErrorClass.VARIANT, "java.util.concurrent.TimeoutException"));
        }
    }

    @Nested
    class ToolCalls {

        @Test
        void of_a_refused_tool_are_not_made() {
            AgentRun run = start();
            assertThatThrownBy(() -> run.tools().call("shell", () -> {
                        throw new AssertionError("called");
                    }))
                    .isInstanceOfSatisfying(
                            ToolRefusedException.class,
                            e -> assertThat(e.tool()).isEqualTo("shell"));
            run.success();
            assertThat(outcome().tools()).isEqualTo(new Tools(0, 0, 1, Set.of()));
        }
    }

    @Nested
    class Attribution {

        private String label(ForeignFlags.Reply reply) {
            flags.reply("f", reply);
            AgentRun run = start();
            run.close();
            return run.decisions().get(0).label();
        }

        @Test
        void names_the_variant_that_was_served() {
            assertThat(label(new ForeignFlags.Reply(true, "treatment", "SPLIT", null)))
                    .isEqualTo("treatment");
        }

        @Test
        void is_default_where_a_hook_threw_after_the_variant_was_picked() {
            api.addHooks(new BooleanHook() {
                @Override
                public void after(
                        HookContext<Boolean> context,
                        FlagEvaluationDetails<Boolean> details,
                        Map<String, Object> hints) {
                    throw new IllegalStateException();
                }
            });
            assertThat(label(new ForeignFlags.Reply(true, "treatment", "SPLIT", null)))
                    .isEqualTo("default");
        }

        @Test
        void is_default_where_the_provider_served_our_own_default() {
            assertThat(label(new ForeignFlags.Reply(null, null, "DEFAULT", null)))
                    .isEqualTo("default");
            assertThat(label(new ForeignFlags.Reply(null, "treatment", "DISABLED", null)))
                    .isEqualTo("default");
        }

        @Test
        void is_unnamed_where_the_provider_has_no_variants() {
            assertThat(label(new ForeignFlags.Reply(true, null, null, null))).isEqualTo("unnamed");
            assertThat(label(new ForeignFlags.Reply(true, "", null, null))).isEqualTo("unnamed");
            assertThat(start().ref().labels()).containsExactly(new RunRef.Label("f", "unnamed", null));
        }

        @Test
        void without_a_name_is_for_no_conversation_to_keep() {
            flags.reply("f", new ForeignFlags.Reply(true, null, null, null));
            AgentContext turn = AgentContext.user("u-1").conversation("c-1");
            agent.start(turn);
            flags.fail(true);
            assertThat(agent.start(turn).config().model()).isEqualTo("gpt-4o");
        }

        @Test
        void tells_a_variant_named_default_from_none() {
            flags.reply("f", new ForeignFlags.Reply(false, "default", "SPLIT", null));
            assertThat(start().ref().labels()).containsExactly(new RunRef.Label("f", "default", "SPLIT"));
        }

        @Test
        void leaves_what_was_not_served_out_of_the_reference() {
            flags.reply("f", new ForeignFlags.Reply(true, "default", "SPLIT", null));
            assertThat(start().ref().labels()).containsExactly(new RunRef.Label("f", "default", "SPLIT"));
            flags.kill("f", false);
            assertThat(start().ref().labels()).isEmpty();
        }

        @Test
        void is_not_a_name_that_contradicts_the_value() {
            assertThat(label(new ForeignFlags.Reply(true, "off", "TARGETING_MATCH", null)))
                    .isEqualTo("unnamed");
            assertThat(label(new ForeignFlags.Reply(false, "on", "TARGETING_MATCH", null)))
                    .isEqualTo("default");
        }

        @Test
        void carries_the_flags_version() {
            flags.reply("f", new ForeignFlags.Reply(true, "on", "SPLIT", "7"));
            AgentRun run = start();
            run.close();
            assertThat(run.decisions().get(0).version()).isEqualTo("7");
        }
    }

    @Nested
    class Careless {

        private AgentRun run(ForeignFlags.Reply reply) {
            flags.reply("f", reply);
            flags.reply("text", reply);
            flags.reply("object", reply);
            agent.close();
            agent = AgentFlags.builder(api.getClient(), "support", AgentConfig.of("gpt-4o", "Be helpful."))
                    .when("f", c -> c.model("gpt-4o-mini"))
                    .systemPromptFrom("text")
                    .parametersFrom("object")
                    .scheduler(scheduler)
                    .build();
            return start();
        }

        @Test
        void replies_without_a_value_are_failures() {
            AgentRun run = run(new ForeignFlags.Reply(ForeignFlags.NOTHING, "on", "SPLIT", null));
            assertThat(run.config()).isEqualTo(AgentConfig.of("gpt-4o", "Be helpful."));
            assertThat(run.decisions()).extracting(Decision::status).containsOnly(Decision.Status.FAILED);
        }

        @Test
        void replies_of_another_type_are_failures() {
            AgentRun run = run(new ForeignFlags.Reply(4, "on", "SPLIT", null));
            assertThat(run.config()).isEqualTo(AgentConfig.of("gpt-4o", "Be helpful."));
            assertThat(run.decisions()).extracting(Decision::error).containsOnly("TYPE_MISMATCH");
        }

        @Test
        void replies_cannot_hide_a_kill() {
            AgentRun run = run(new ForeignFlags.Reply(4, "on", "KILLED", null));
            assertThat(run.decisions()).extracting(Decision::status).containsOnly(Decision.Status.KILLED);
        }

        @Test
        void hooks_cannot_hide_a_kill() {
            api.addHooks(new BooleanHook() {
                @Override
                public void after(
                        HookContext<Boolean> context,
                        FlagEvaluationDetails<Boolean> details,
                        Map<String, Object> hints) {
                    throw new IllegalStateException();
                }
            });
            flags.killByMetadata("f");
            assertThat(start().decisions()).extracting(Decision::status).containsOnly(Decision.Status.KILLED);
        }

        @Test
        void replies_of_nothing_but_the_callers_default_are_off() {
            AgentRun run = run(new ForeignFlags.Reply(null, null, "DEFAULT", null));
            assertThat(run.config()).isEqualTo(AgentConfig.of("gpt-4o", "Be helpful."));
            assertThat(run.decisions()).extracting(Decision::status).containsOnly(Decision.Status.OFF);
        }
    }

    @Nested
    class Starts {

        private AgentRun over(PinStore pins) {
            agent.close();
            agent = AgentFlags.builder(
                            api.getClient(),
                            "support",
                            AgentConfig.of("gpt-4o", "Be helpful.").tools("search"))
                    .when("f", c -> c.model("gpt-4o-mini"))
                    .pins(pins)
                    .listener(recorded)
                    .scheduler(scheduler)
                    .build();
            return agent.start(AgentContext.user("u-1").conversation("c-1"));
        }

        @Test
        void without_a_caller() {
            AgentRun run = agent.start(none(), none());
            assertThat(run.config().model()).isEqualTo("gpt-4o-mini");
            run.success();
            assertThat(outcome().context()).isEqualTo(AgentContext.nobody());
        }

        @Test
        void without_saving_pins_that_are_saved_already() {
            var saved = new AtomicInteger();
            PinStore store = new PinStore() {
                private Map<String, Pin> pins = Map.of();

                @Override
                public Map<String, Pin> load(Conversation conversation) {
                    return pins;
                }

                @Override
                public void save(Conversation conversation, Map<String, Pin> now) {
                    pins = now;
                    saved.incrementAndGet();
                }
            };
            over(store);
            over(store);
            flags.serve("f", "other", true);
            over(store);
            assertThat(saved).hasValue(1);
            flags.fail(true);
            over(store);
            assertThat(saved).hasValue(1);
        }

        private void assertAfresh(AgentRun run) {
            assertThat(run.config().model()).isEqualTo("gpt-4o-mini");
            run.success();
            assertThat(end()).isEqualTo(new Succeeded());
        }

        @Test
        void afresh_where_the_store_of_pins_fails() {
            assertAfresh(over(new Pins(() -> {
                throw new IllegalStateException();
            })));
        }

        @Test
        void afresh_where_the_store_of_pins_lacks_a_class() {
            assertAfresh(over(new Pins(() -> {
                throw new NoClassDefFoundError();
            })));
        }

        @Test
        void afresh_where_the_store_of_pins_has_nothing_to_say() {
            assertAfresh(over(new Pins(() -> none())));
        }

        @Test
        void with_what_the_conversation_has_where_the_reason_alone_says_that_the_provider_failed() {
            PinStore pins = PinStore.inMemory(1, Duration.ofHours(1));
            over(pins);
            flags.reply("f", new ForeignFlags.Reply(null, null, "ERROR", null));
            AgentRun run = over(pins);
            assertThat(run.config().model()).isEqualTo("gpt-4o-mini");
            assertThat(run.decisions().get(0).error()).isEqualTo("GENERAL");
        }

        @Test
        void with_the_codes_own_configuration_where_nothing_can_be_asked() {
            Map<String, String> broken = new HashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                public boolean isEmpty() {
                    throw new IllegalStateException();
                }
            };
            AgentRun run = agent.start(AgentContext.user("u-1"), broken);
            assertThat(run.config().model()).isEqualTo("gpt-4o");
            assertThat(run.decisions()).extracting(Decision::error).containsExactly("GENERAL");
            assertThat(run.tools().permits("search")).isTrue();
            run.success();
            assertThat(end()).isEqualTo(new Succeeded());
        }

        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what careless code passes all the same
        private static <T> T none() {
            return null;
        }

        private record Pins(Supplier<Map<String, Pin>> pins) implements PinStore {

            @Override
            public Map<String, Pin> load(Conversation conversation) {
                return pins.get();
            }

            @Override
            public void save(Conversation conversation, Map<String, Pin> saved) {
                load(conversation);
            }
        }
    }
}
