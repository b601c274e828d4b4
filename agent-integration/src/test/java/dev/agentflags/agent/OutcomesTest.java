package dev.agentflags.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.outcome.DeliveryCounts;
import dev.agentflags.agent.outcome.Feedback;
import dev.agentflags.agent.outcome.OutcomeListener;
import dev.agentflags.agent.outcome.RunOutcome;
import dev.agentflags.agent.outcome.RunRef;
import dev.agentflags.agent.outcome.RunRef.Label;
import dev.agentflags.agent.outcome.ToolOutcome;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.TrackingEventDetails;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private static final AgentContext ALICE =
            AgentContext.user("alice").plan("pro").conversation("c-1");

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final ForeignFlags flags = new ForeignFlags();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Recorded recorded = new Recorded();
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void register() {
        api.setProviderAndWait(flags);
        flags.serve("f", "on", true);
    }

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private AgentFlagsBuilder agent() {
        return AgentFlags.builder(api.getClient(), "support", AgentConfig.of("gpt-4o", "Be helpful."))
                .when("f", c -> c.model("gpt-4o-mini"))
                .nanoTime(nanos::get)
                .scheduler(scheduler);
    }

    private ForeignFlags.Tracked tracked() {
        scheduler.runAll();
        assertThat(flags.tracked()).hasSize(1);
        return flags.tracked().get(0);
    }

    private static Map<String, Object> fields(TrackingEventDetails details) {
        return details.asObjectMap();
    }

    @Nested
    class Tracking {

        @Test
        void sends_one_event_for_a_run() {
            AgentFlags agent = agent().when("unknown", c -> c).build();
            AgentRun run = agent.start(ALICE);
            run.modelCall(100, 20);
            nanos.addAndGet(1_500_000);
            run.firstToken();
            nanos.addAndGet(1_000_000);
            run.toolCall("search", ToolOutcome.ERROR);
            run.success();

            ForeignFlags.Tracked event = tracked();
            assertThat(event.event()).isEqualTo("agent.run");
            assertThat(event.context().getTargetingKey()).isEqualTo("alice");
            assertThat(event.context().getValue("plan").asString()).isEqualTo("pro");
            assertThat(event.details().getValue()).contains(2.5);
            assertThat(fields(event.details()))
                    .isEqualTo(Map.ofEntries(
                            Map.entry("agent", "support"),
                            Map.entry("runId", run.ref().runId().toString()),
                            Map.entry("status", "success"),
                            Map.entry("durationMillis", 2.5),
                            Map.entry("timeToFirstTokenMillis", 1.5),
                            Map.entry("modelCalls", 1),
                            Map.entry("inputTokens", 100),
                            Map.entry("outputTokens", 20),
                            Map.entry("toolCalls", 1),
                            Map.entry("toolErrors", 1),
                            Map.entry("toolRefusals", 0),
                            Map.entry("variants", Map.of("f", "on", "unknown", "default")),
                            Map.entry("reasons", Map.of("f", "SPLIT", "unknown", "ERROR")),
                            Map.entry("versions", Map.of()),
                            Map.entry("statuses", Map.of("f", "served", "unknown", "failed"))));
        }

        @Test
        void tells_the_version_that_decided_and_of_a_pinned_decision_that_of_its_time() {
            AgentFlags agent = agent().build();
            flags.reply("f", new ForeignFlags.Reply(false, "off", "SPLIT", "7"));
            agent.start(ALICE).success();
            flags.reply("f", new ForeignFlags.Reply(true, "on", "SPLIT", "8"));
            AgentRun pinned = agent.start(ALICE);
            pinned.success();
            agent.feedback(pinned.ref(), "thumbs", 0, ALICE);

            scheduler.runAll();
            assertThat(flags.tracked())
                    .hasSize(3)
                    .allSatisfy(event -> assertThat(fields(event.details()))
                            .containsEntry("variants", Map.of("f", "off"))
                            .containsEntry("versions", Map.of("f", "7")));
        }

        @Test
        void tells_what_a_run_cost_if_that_was_reported() {
            AgentRun run = agent().build().start(ALICE);
            run.cost(0.25);
            run.cost(0.5);
            run.cost(Double.NaN);
            run.cost(-1);
            run.success();
            assertThat(fields(tracked().details())).containsEntry("cost", 0.75);
        }

        @Test
        void says_whose_fault_an_error_was() {
            agent().build().start(ALICE).error(new TimeoutException("alice@example.com"));
            assertThat(fields(tracked().details()))
                    .containsEntry("status", "error")
                    .containsEntry("errorClass", "infrastructure")
                    .containsEntry("errorType", "java.util.concurrent.TimeoutException");
        }

        @Test
        void says_how_a_run_ended_that_did_not_end_well() {
            agent().build().start(ALICE).cancelled();
            AgentFlags abandoned = agent().abandonAfter(Duration.ofNanos(1)).build();
            AgentRun run = abandoned.start(ALICE);
            nanos.addAndGet(2);
            scheduler.tick();
            run.close();
            assertThat(flags.tracked())
                    .extracting(event -> event.details().getValue("status").asString())
                    .containsExactly("cancelled", "abandoned");
        }

        @Test
        void sends_one_event_for_feedback() {
            AgentFlags agent = agent().build();
            AgentRun run = agent.start(ALICE);
            agent.feedback(run.ref(), "thumbs", 1, ALICE);

            ForeignFlags.Tracked event = tracked();
            assertThat(event.event()).isEqualTo("agent.feedback");
            assertThat(event.context().getTargetingKey()).isEqualTo("alice");
            assertThat(event.details().getValue()).contains(1.0);
            assertThat(fields(event.details()))
                    .isEqualTo(Map.of(
                            "agent", "support",
                            "runId", run.ref().runId().toString(),
                            "kind", "thumbs",
                            "variants", Map.of("f", "on"),
                            "reasons", Map.of("f", "SPLIT"),
                            "versions", Map.of()));
        }

        @Test
        void can_be_left_out() {
            agent().withoutTracking().build().start(ALICE).success();
            scheduler.runAll();
            assertThat(flags.tracked()).isEmpty();
        }

        @Test
        void that_fails_is_counted_and_reaches_nobody() {
            flags.failToTrack(new IllegalStateException());
            AgentFlags agent = agent().build();
            agent.start(ALICE).success();
            scheduler.runAll();
            assertThat(agent.deliveries()).isEqualTo(new DeliveryCounts(0, 0, 1));
        }
    }

    @Nested
    class FeedbackFromElsewhere {

        @Test
        void is_credited_to_what_the_run_served() {
            String text = agent().build().start(ALICE).ref().encode();

            AgentFlags elsewhere = agent().listener(recorded).withoutTracking().build();
            elsewhere.feedback(RunRef.decode(text), "thumbs", 0);

            scheduler.runAll();
            Feedback feedback = recorded.feedback().get(0);
            assertThat(feedback.ref().labels()).containsExactly(new Label("f", "on", "SPLIT"));
            assertThat(feedback.score()).isZero();
            assertThat(feedback.context()).isNull();
        }

        @Test
        void says_nothing_of_flags_that_this_agent_does_not_have() {
            RunRef run = agent().build().start(ALICE).ref();
            var forged = new RunRef(run.runId(), "support", List.of(new Label("other", "on", null)));
            AgentFlags agent = agent().listener(recorded).withoutTracking().build();
            agent.feedback(forged, "thumbs", 0);
            scheduler.runAll();
            assertThat(recorded.feedback().get(0).ref()).isEqualTo(new RunRef(run.runId(), "support", List.of()));
        }

        @Test
        void is_refused_where_the_run_is_another_agents() {
            AgentFlags agent = agent().listener(recorded).withoutTracking().build();
            var others = new RunRef(agent.start(ALICE).ref().runId(), "billing", List.of());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> agent.feedback(others, "thumbs", 0))
                    .withMessage("expected a run of the agent support, found one of billing");
            scheduler.runAll();
            assertThat(recorded.feedback()).isEmpty();
        }

        @Test
        void may_come_from_nobody_in_particular() {
            AgentFlags agent = agent().build();
            agent.feedback(agent.start(ALICE).ref(), "judge", 0.5);
            assertThat(tracked().context().getTargetingKey()).isNull();
        }

        @Test
        void has_to_have_a_kind() {
            AgentFlags agent = agent().build();
            RunRef ref = agent.start(ALICE).ref();
            agent.feedback(ref, "k".repeat(64), 0);
            assertThatIllegalArgumentException().isThrownBy(() -> agent.feedback(ref, "k".repeat(65), 0));
            assertThatIllegalArgumentException().isThrownBy(() -> agent.feedback(ref, " ", 0));
        }

        @Test
        void has_to_be_a_score() {
            AgentFlags agent = agent().build();
            RunRef ref = agent.start(ALICE).ref();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> agent.feedback(ref, "thumbs", 5))
                    .withMessage("expected a score from 0 to 1, found 5.0");
        }
    }

    @Nested
    class Listeners {

        @Test
        void that_are_slow_lose_what_does_not_fit_and_the_loss_is_counted() {
            AgentFlags agent = agent().withoutTracking()
                    .queueCapacity(2)
                    .listener(recorded)
                    .build();
            for (int i = 0; i < 5; i++) {
                agent.start(ALICE).success();
            }
            assertThat(scheduler.waiting()).isOne();
            scheduler.runAll();
            assertThat(recorded.runs()).hasSize(2);
            assertThat(agent.deliveries()).isEqualTo(new DeliveryCounts(2, 3, 0));
        }

        @Test
        void that_throw_go_on_being_told() {
            AgentFlags agent = agent().withoutTracking()
                    .listener(outcome -> {
                        recorded.onRun(outcome);
                        throw new IllegalStateException();
                    })
                    .build();
            agent.start(ALICE).success();
            agent.start(ALICE).success();
            scheduler.runAll();
            assertThat(recorded.runs()).hasSize(2);
            assertThat(agent.deliveries()).isEqualTo(new DeliveryCounts(0, 0, 2));
        }

        @Test
        void are_told_in_order() {
            AgentFlags agent = agent().withoutTracking().listener(recorded).build();
            AgentRun first = agent.start(ALICE);
            AgentRun second = agent.start(ALICE);
            second.success();
            first.success();
            scheduler.runAll();
            assertThat(recorded.runs()).extracting(RunOutcome::ref).containsExactly(second.ref(), first.ref());
        }

        @Test
        void do_not_hold_up_one_another_or_the_answer() throws Exception {
            var blocked = new CountDownLatch(1);
            var told = new CountDownLatch(1);
            var thread = new AtomicReference<Thread>();
            OutcomeListener stuck = outcome -> await(blocked);
            OutcomeListener quick = outcome -> {
                thread.set(Thread.currentThread());
                told.countDown();
            };
            try (AgentFlags agent = AgentFlags.builder(api.getClient(), "support", AgentConfig.of("m", "p"))
                    .listener(stuck)
                    .listener(quick)
                    .build()) {
                agent.start(ALICE).success();
                assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
                blocked.countDown();
            }
            assertThat(thread.get())
                    .isNotEqualTo(Thread.currentThread())
                    .satisfies(one -> assertThat(one.isDaemon()).isTrue())
                    .satisfies(one -> assertThat(one.getName()).startsWith("agentflags-support-"));
        }

        @Test
        void are_given_up_where_the_scheduler_takes_no_more() {
            var stopped = new ScheduledThreadPoolExecutor(1);
            AgentFlags agent = AgentFlags.builder(api.getClient(), "support", AgentConfig.of("m", "p"))
                    .withoutTracking()
                    .listener(recorded)
                    .scheduler(stopped)
                    .build();
            stopped.shutdownNow();
            agent.start(ALICE).success();
            agent.start(ALICE).success();
            assertThat(agent.deliveries()).isEqualTo(new DeliveryCounts(0, 2, 0));
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class Closing {

        @Test
        void delivers_what_waits_and_stops_the_threads() {
            AgentFlags agent = AgentFlags.builder(api.getClient(), "closing", AgentConfig.of("m", "p"))
                    .listener(recorded)
                    .withoutTracking()
                    .build();
            for (int i = 0; i < 100; i++) {
                agent.start(ALICE).success();
            }
            agent.close();
            agent.close();
            assertThat(recorded.runs()).hasSize(100);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("agentflags-closing-"));
        }

        @Test
        void leaves_what_waits_to_a_scheduler_of_somebody_elses() {
            AgentFlags agent = agent().withoutTracking().listener(recorded).build();
            agent.start(ALICE).success();
            agent.close();
            assertThat(recorded.runs()).isEmpty();
            scheduler.runAll();
            assertThat(recorded.runs()).hasSize(1);
        }

        @Test
        void leaves_turns_working_and_counts_what_is_not_reported() {
            AgentFlags agent = agent().withoutTracking().listener(recorded).build();
            agent.close();
            AgentRun run = agent.start(ALICE);
            assertThat(run.config().model()).isEqualTo("gpt-4o-mini");
            run.success();
            scheduler.runAll();
            assertThat(recorded.runs()).isEmpty();
            assertThat(agent.deliveries()).isEqualTo(new DeliveryCounts(0, 1, 0));
        }
    }
}
