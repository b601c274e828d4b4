package dev.agentflags.remote.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeBatch;
import dev.agentflags.remote.outcome.Delivery.Fate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeSenderTest {

    private static final Outcome OUTCOME = new Outcome("a", Arm.TREATMENT, 1L, "7", Map.of(Name.ERROR, 1.0));

    private final List<OutcomeBatch> sent = new ArrayList<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private long nanos;
    private final OutcomeSender sender = OutcomeSender.of(
            "test",
            batch -> {
                sent.add(batch);
                return fates.isEmpty() ? Fate.TAKEN : fates.remove();
            },
            () -> nanos,
            "p");

    private void report(int outcomes) {
        sender.report(() -> Collections.nCopies(outcomes, OUTCOME));
    }

    private void roundAfter(Duration time) {
        nanos += time.toNanos();
        sender.round();
    }

    @Test
    void sends_what_was_reported_in_one_batch() {
        report(1);
        report(2);
        sender.round();

        assertThat(sent).containsExactly(new OutcomeBatch("p", 1, 0, List.of(OUTCOME, OUTCOME, OUTCOME)));
    }

    @Test
    void sends_nothing_where_nothing_was_reported() {
        report(0);
        sender.round();

        assertThat(sent).isEmpty();
    }

    @Test
    void counts_its_batches() {
        report(Outbox.MAX_BATCH + 1);
        sender.round();

        assertThat(sent).extracting(OutcomeBatch::sequence).containsExactly(1L, 2L);
        assertThat(sent).extracting(batch -> batch.outcomes().size()).containsExactly(Outbox.MAX_BATCH, 1);
    }

    @Test
    void sends_the_same_batch_again_until_it_is_taken_with_growing_pauses() {
        fates.addAll(List.of(Fate.LATER, Fate.LATER));
        report(1);
        sender.round();
        report(1);
        roundAfter(Duration.ofMillis(999));
        assertThat(sent).hasSize(1);

        roundAfter(Duration.ofMillis(1));
        roundAfter(Duration.ofMillis(1_999));
        assertThat(sent).hasSize(2);

        roundAfter(Duration.ofMillis(1));

        assertThat(sent).extracting(OutcomeBatch::sequence).containsExactly(1L, 1L, 1L, 2L);
        assertThat(sent.get(2)).isEqualTo(sent.get(0));
    }

    @Test
    void waits_half_a_minute_at_most() {
        fates.addAll(Collections.nCopies(20, Fate.LATER));
        report(1);
        for (int i = 0; i < 10; i++) {
            roundAfter(Duration.ofMinutes(1));
        }
        int before = sent.size();

        roundAfter(Duration.ofSeconds(30));

        assertThat(sent).hasSize(before + 1);
    }

    @Test
    void drops_what_is_refused_and_says_how_much() {
        fates.add(Fate.REFUSED);
        report(3);
        sender.round();
        report(1);
        roundAfter(Duration.ofSeconds(1));

        assertThat(sent.get(1).lost()).isEqualTo(3);
        assertThat(sent.get(1).outcomes()).hasSize(1);
    }

    @Test
    void asks_again_after_five_minutes_whether_there_is_a_guard() {
        fates.add(Fate.NOBODY);
        report(3);
        sender.round();
        report(1);
        roundAfter(Duration.ofMinutes(5).minusMillis(1));
        assertThat(sent).hasSize(1);

        roundAfter(Duration.ofMillis(1));

        assertThat(sent).hasSize(2);
    }

    @Test
    void keeps_a_bounded_number_and_counts_the_rest() {
        fates.addAll(Collections.nCopies(3, Fate.LATER));
        report(30_000);
        sender.round();
        roundAfter(Duration.ofMinutes(1));

        fates.clear();
        roundAfter(Duration.ofMinutes(1));

        assertThat(sent.stream()
                        .skip(2)
                        .mapToInt(batch -> batch.outcomes().size())
                        .sum())
                .isEqualTo(20_000);
        assertThat(sent.get(sent.size() - 1).lost()).isEqualTo(10_000);
    }

    @Test
    void survives_a_report_that_cannot_be_read() {
        sender.report(() -> {
            throw new IllegalStateException("broken");
        });
        sender.round();
        report(1);
        sender.round();

        assertThat(sent).hasSize(1);
    }

    @Test
    void takes_nothing_any_more_when_it_is_closed() {
        sender.close();
        report(1);
        sender.round();

        assertThat(sent).isEmpty();
    }
}
