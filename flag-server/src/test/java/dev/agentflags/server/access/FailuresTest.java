package dev.agentflags.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {

    private final Failures failures = new Failures();

    @Test
    void are_too_many_within_a_minute_and_forgotten_after_it() {
        for (int i = 0; i < Failures.LIMIT; i++) {
            assertThat(failures.add("here", i)).isFalse();
        }

        assertThat(failures.add("here", Failures.LIMIT)).isTrue();
        assertThat(failures.add("elsewhere", Failures.LIMIT)).isFalse();
        assertThat(failures.add("here", Failures.WINDOW.toNanos() - 1)).isTrue();
        assertThat(failures.add("here", Failures.WINDOW.toNanos())).isFalse();
    }

    @Test
    void are_remembered_of_a_bounded_number_of_sources() {
        for (int i = 0; i < 20_000; i++) {
            failures.add("source" + i, 0);
        }

        assertThat(failures.sources()).isEqualTo(10_000);
    }
}
