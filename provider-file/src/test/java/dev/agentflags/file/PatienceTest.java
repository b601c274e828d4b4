package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final Patience patience = new Patience();
    private long nowNanos = -1;

    private boolean tells(int afterMillis, String problem) {
        nowNanos += Duration.ofMillis(afterMillis).toNanos();
        return patience.isTimeToTell(problem, nowNanos);
    }

    @Test
    void tells_of_a_problem_that_stays_and_only_once() {
        assertThat(tells(0, "empty")).isFalse();
        assertThat(tells(99, "empty")).isFalse();
        assertThat(tells(1, "empty")).isTrue();
        assertThat(tells(1000, "empty")).isFalse();
        assertThat(patience.hasTold("empty")).isTrue();
    }

    @Test
    void does_not_tell_of_a_problem_that_goes_away_and_begins_anew() {
        assertThat(tells(0, "empty")).isFalse();
        patience.restore();
        assertThat(tells(100, "empty")).isFalse();
        assertThat(tells(100, "empty")).isTrue();
    }

    @Test
    void does_not_wait_for_ever_while_one_problem_follows_another() {
        assertThat(tells(0, "empty")).isFalse();
        assertThat(tells(60, "half")).isFalse();
        assertThat(tells(60, "almost")).isTrue();
    }

    @Test
    void tells_of_another_problem_when_that_stays_too() {
        assertThat(tells(0, "empty")).isFalse();
        assertThat(tells(100, "empty")).isTrue();
        assertThat(tells(500, "half")).isFalse();
        assertThat(tells(50, "almost")).isFalse();
        assertThat(tells(99, "almost")).isFalse();
        assertThat(tells(1, "almost")).isTrue();
    }

    @Test
    void tells_again_of_a_problem_that_comes_back() {
        assertThat(tells(0, "empty")).isFalse();
        assertThat(tells(100, "empty")).isTrue();
        patience.restore();
        assertThat(tells(100, "empty")).isFalse();
        assertThat(tells(100, "empty")).isTrue();
    }
}
