package dev.agentflags.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.Operation;
import dev.agentflags.server.alert.Alert.State;
import dev.agentflags.server.alert.Receiver.Action;
import dev.agentflags.server.alert.Receiver.Kind;
import dev.agentflags.server.alert.Receiver.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {

    private static final Set<String> KNOWN = Set.of("a", "b", "c");

    private long now;
    private final AlertPolicy policy = new AlertPolicy(() -> now);

    private static Receiver receiver(Mode mode, Action action, int limit, String... flags) {
        return new Receiver(
                "r",
                Kind.ALERTMANAGER,
                List.of(),
                null,
                List.of("X"),
                null,
                Set.of(flags),
                mode,
                action,
                limit,
                Map.of());
    }

    private static final Receiver ENFORCING = receiver(Mode.ENFORCE, Action.KILL, 20, "a", "b", "*");

    private static Alert alert(@Nullable String key, boolean firing) {
        return new Alert(key, firing ? State.FIRING : State.RESOLVED, "f@t", "why");
    }

    private List<Decision> decide(Receiver receiver, Alert... alerts) {
        return policy.decide(receiver, new Payload(List.of(alerts), 0, false), KNOWN);
    }

    private List<Verdict> verdicts(Receiver receiver, Alert... alerts) {
        return decide(receiver, alerts).stream().map(Decision::verdict).toList();
    }

    @Test
    void kills_for_an_alert_that_fires() {
        assertThat(decide(ENFORCING, alert("a", true), alert("*", true)))
                .extracting(Decision::operation)
                .containsExactly(new Operation.Kill("a", "why"), new Operation.KillAll("why"));
    }

    @Test
    void never_revives_whatever_is_over() {
        for (Action action : Action.values()) {
            for (Mode mode : Mode.values()) {
                Decision decision = decide(receiver(mode, action, 20, "a"), alert("a", false))
                        .get(0);

                assertThat(decision.verdict()).isEqualTo(Verdict.CLEAR);
                assertThat(decision.operation()).isNull();
                assertThat(Objects.requireNonNull(decision.entry(Instant.EPOCH)).operation())
                        .isEqualTo("alert-cleared");
            }
        }
    }

    @Test
    void does_nothing_where_nobody_can_tell() {
        Decision decision =
                decide(ENFORCING, new Alert("a", State.NO_DATA, "f@t", "why")).get(0);

        assertThat(decision.operation()).isNull();
        assertThat(Objects.requireNonNull(decision.entry(Instant.EPOCH)).operation())
                .isEqualTo("alert-no-data");
    }

    @Test
    void goes_back_by_one_stage_where_that_is_the_action() {
        assertThat(decide(receiver(Mode.ENFORCE, Action.ROLL_BACK, 20, "a"), alert("a", true)))
                .extracting(Decision::operation)
                .containsExactly(new Operation.RollBack("a", "why"));
    }

    @Test
    void pauses_where_that_is_the_action() {
        assertThat(decide(receiver(Mode.ENFORCE, Action.PAUSE, 20, "a"), alert("a", true)))
                .extracting(Decision::operation)
                .containsExactly(new Operation.Pause("a", "why"));
    }

    @Test
    void only_says_what_it_would_do_while_it_observes() {
        Decision decision = decide(receiver(Mode.OBSERVE, Action.KILL, 20, "a"), alert("a", true))
                .get(0);

        assertThat(decision.operation()).isNull();
        assertThat(Objects.requireNonNull(decision.entry(Instant.EPOCH)).operation())
                .isEqualTo("alert-observed");
    }

    @Test
    void refuses_what_is_not_on_the_list_before_it_says_whether_it_is_there() {
        assertThat(verdicts(ENFORCING, alert("c", true), alert("nobody-has-it", true), alert(null, true)))
                .containsExactly(Verdict.FORBIDDEN, Verdict.FORBIDDEN, Verdict.UNKNOWN);
        assertThat(verdicts(receiver(Mode.ENFORCE, Action.KILL, 20, "gone"), alert("gone", true)))
                .containsExactly(Verdict.UNKNOWN);
    }

    @Test
    void has_no_leave_for_the_switch_of_all_but_by_name() {
        assertThat(verdicts(receiver(Mode.ENFORCE, Action.KILL, 20, "a", "b", "c"), alert("*", true)))
                .containsExactly(Verdict.FORBIDDEN);
    }

    @Test
    void does_once_what_is_repeated_as_long_as_it_lasts() {
        decide(ENFORCING, alert("a", true)).forEach(policy::done);

        assertThat(verdicts(ENFORCING, alert("a", true))).containsExactly(Verdict.REPEATED);
        assertThat(verdicts(ENFORCING, new Alert("a", State.FIRING, "f@later", "why")))
                .containsExactly(Verdict.ACT);
    }

    @Test
    void does_again_what_was_not_done() {
        decide(ENFORCING, alert("a", true));

        assertThat(verdicts(ENFORCING, alert("a", true))).containsExactly(Verdict.ACT);
    }

    @Test
    void does_once_what_several_alerts_ask_for_together() {
        assertThat(verdicts(
                        ENFORCING, alert("a", true), new Alert("a", State.FIRING, "other@t", "why"), alert("b", true)))
                .containsExactly(Verdict.ACT, Verdict.REPEATED, Verdict.ACT);
    }

    @Test
    void stops_when_a_receiver_kills_too_many_flags_within_an_hour_but_not_the_switch_of_all() {
        Receiver two = receiver(Mode.ENFORCE, Action.KILL, 2, "a", "b", "c", "*");
        assertThat(verdicts(two, alert("a", true), alert("b", true), alert("c", true), alert("*", true)))
                .containsExactly(Verdict.ACT, Verdict.ACT, Verdict.LIMITED, Verdict.ACT);
        assertThat(verdicts(two, new Alert("a", State.FIRING, "g@t", "why"))).containsExactly(Verdict.ACT);

        now += Duration.ofHours(1).toNanos();
        assertThat(verdicts(two, alert("c", true))).containsExactly(Verdict.ACT);
    }

    @Test
    void tells_a_request_that_was_taken_from_one_that_was_not() {
        var authenticity = new Authenticity(null, "1:x");
        assertThat(policy.isReplay(ENFORCING, authenticity)).isFalse();
        policy.taken(ENFORCING, authenticity);

        assertThat(policy.isReplay(ENFORCING, authenticity)).isTrue();
        assertThat(policy.isReplay(ENFORCING, new Authenticity(null, "2:x"))).isFalse();
        assertThat(policy.isReplay(ENFORCING, new Authenticity(null, null))).isFalse();
    }

    @Test
    void remembers_a_bounded_number_of_alerts() {
        IntStream.range(0, 20_000)
                .forEach(i -> policy.done(new Decision(ENFORCING, Verdict.ACT, "a", "why", "f@" + i)));
        Set<Verdict> last = new HashSet<>(verdicts(ENFORCING, new Alert("a", State.FIRING, "f@19999", "why")));

        assertThat(last).containsExactly(Verdict.REPEATED);
        assertThat(verdicts(ENFORCING, new Alert("a", State.FIRING, "f@0", "why")))
                .containsExactly(Verdict.ACT);
    }
}
