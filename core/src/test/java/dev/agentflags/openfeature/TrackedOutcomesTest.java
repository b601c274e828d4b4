package dev.agentflags.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeSink;
import dev.agentflags.outcome.Units;
import dev.agentflags.snapshot.Snapshot;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackedOutcomesTest {

    private static final String ALL = "'metrics': [{'name': 'error'}, {'name': 'bad_feedback'}, {'name': 'tool_error'},"
            + " {'name': 'latency'}, {'name': 'tokens'}, {'name': 'cost'}]";

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Sink sink = new Sink();

    /** Takes everything at once. */
    private static final class Sink implements OutcomeSink {

        private final List<Outcome> taken = new ArrayList<>();
        private final List<String> life = new ArrayList<>();

        @Override
        public void start() {
            life.add("start");
        }

        @Override
        public void inForce(Snapshot snapshot) {
            life.add(snapshot.version());
        }

        @Override
        public void report(Supplier<List<Outcome>> outcomes) {
            taken.addAll(outcomes.get());
        }

        @Override
        public void close() {
            life.add("close");
        }
    }

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private Client client(String guard) {
        String document =
                "{'version': 1, 'serial': 7, 'flags': {'f': {'status': 'percentage', 'percentage': 50, 'guard': {"
                        + guard + "}}, 'unguarded': {'status': 'percentage', 'percentage': 50}}}";
        api.setProviderAndWait(AgentFlagsProvider.builder("test", new FakeSource().deliver(document))
                .outcomes(sink)
                .build());
        return api.getClient();
    }

    private static MutableTrackingEventDetails run(String status) {
        return decided("on", "SPLIT", "served").add("status", status);
    }

    private static MutableTrackingEventDetails decided(String variant, String reason, String status) {
        return new MutableTrackingEventDetails(1)
                .add("variants", both(variant))
                .add("reasons", both(reason))
                .add("versions", both("6"))
                .add("statuses", both(status));
    }

    private static ImmutableStructure both(String text) {
        Map<String, Value> fields = new HashMap<>();
        fields.put("f", new Value(text));
        fields.put("unguarded", new Value(text));
        return new ImmutableStructure(fields);
    }

    private static ImmutableContext alice() {
        return new ImmutableContext("alice", Map.of("conversationId", new Value("c-1"), "tenant", new Value(5)));
    }

    @Test
    void reads_a_run_as_one_outcome_of_each_guarded_flag() {
        client(ALL)
                .track(
                        "agent.run",
                        alice(),
                        run("success")
                                .add("durationMillis", 812.5)
                                .add("toolErrors", 1)
                                .add("inputTokens", 100)
                                .add("outputTokens", 20)
                                .add("cost", 0.25));
        assertThat(sink.taken)
                .containsExactly(new Outcome(
                        "f",
                        Arm.TREATMENT,
                        Units.hash("f", "alice"),
                        "6",
                        Map.of(
                                Name.ERROR,
                                0.0,
                                Name.LATENCY,
                                812.5,
                                Name.TOOL_ERROR,
                                1.0,
                                Name.TOKENS,
                                120.0,
                                Name.COST,
                                0.25)));
    }

    @ParameterizedTest
    @CsvSource({
        "success,   ,               0",
        "error,     variant,        1",
        "error,     ,               1",
        "abandoned, ,               1",
        "error,     infrastructure, ",
        "error,     caller,         ",
        "error,     unknown,        ",
        "cancelled, ,               ",
        "whatever,  ,               "
    })
    void takes_for_an_error_what_may_be_the_variants(
            String status, @Nullable String errorClass, @Nullable Double error) {
        MutableTrackingEventDetails details = run(status);
        if (errorClass != null) {
            details.add("errorClass", errorClass);
        }
        client("").track("agent.run", alice(), details);
        if (error == null) {
            assertThat(sink.taken)
                    .allSatisfy(outcome -> assertThat(outcome.values()).isEmpty());
        } else {
            assertThat(sink.taken).extracting(Outcome::values).containsExactly(Map.of(Name.ERROR, error));
        }
    }

    @Test
    void takes_a_turn_that_nobody_ended_to_have_lasted_for_ever_and_failing_fast_not_for_fast() {
        Client client = client("'metrics': [{'name': 'latency'}]");
        client.track("agent.run", alice(), run("abandoned").add("durationMillis", 600_000.0));
        client.track("agent.run", alice(), run("error").add("durationMillis", 1.0));
        assertThat(sink.taken)
                .extracting(Outcome::values)
                .containsExactly(Map.of(Name.LATENCY, Double.POSITIVE_INFINITY), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.49, 1", "0.5, 0", "1, 0"})
    void takes_feedback_below_a_half_for_bad(double score, double bad) {
        MutableTrackingEventDetails details = new MutableTrackingEventDetails(score)
                .add("variants", both("off"))
                .add("reasons", both("SPLIT"));
        client("'metrics': [{'name': 'bad_feedback'}]").track("agent.feedback", alice(), details);
        assertThat(sink.taken)
                .containsExactly(
                        new Outcome("f", Arm.CONTROL, Units.hash("f", "alice"), null, Map.of(Name.BAD_FEEDBACK, bad)));
    }

    @ParameterizedTest
    @CsvSource({
        "TARGETING_MATCH, on, served",
        "STATIC, on, served",
        "DEFAULT, off, off",
        "KILLED, default, killed",
        "SPLIT, default, refused",
        "SPLIT, default, off",
        "SPLIT, unnamed, served",
        "SPLIT, other, served"
    })
    void leaves_out_what_no_bucket_decided_or_is_of_no_arm(String reason, String variant, String status) {
        client("").track("agent.run", alice(), decided(variant, reason, status).add("status", "success"));
        assertThat(sink.taken).isEmpty();
    }

    @Test
    void leaves_out_what_nobody_can_be_credited_with() {
        client("").track("agent.run", run("success"));
        assertThat(sink.taken).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"user, alice", "conversationId, c-1", "tenant, 5"})
    void credits_the_unit_that_the_guard_names(String by, String unit) {
        client("'unit': '" + by + "'").track("agent.run", alice(), run("success"));
        assertThat(sink.taken).extracting(Outcome::unit).containsExactly(Units.hash("f", unit));
    }

    @Test
    void credits_nobody_where_every_turn_stands_for_itself() {
        client("'unit': 'event'").track("agent.run", run("success"));
        assertThat(sink.taken).extracting(Outcome::unit).containsExactly((Long) null);
    }

    @Test
    void does_not_look_at_other_events_or_at_nonsense() {
        Client client = client("");
        client.track("agent.walk", alice(), run("success"));
        client.track("agent.run", alice());
        client.track("agent.run", alice(), new MutableTrackingEventDetails(1).add("reasons", 5));
        client.track("agent.run", alice(), run("success").add("variants", "on"));
        assertThat(sink.taken).isEmpty();
    }

    @Test
    void lives_as_long_as_its_provider() {
        client("");
        api.shutdown();
        assertThat(sink.life).containsExactly("start", "7", "close");
    }
}
