package dev.agentflags.remote.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Failure PASSING = Failure.passing("down");
    private static final Failure LASTING = Failure.lasting("no right");

    /** A random that never takes anything off, so that the longest delays are seen. */
    private final Backoff backoff = new Backoff(Timing.DEFAULT, new Given(0));

    private long now;

    /** A random of which every draw is the same. */
    private static final class Given implements java.util.random.RandomGenerator {

        private final double draw;

        Given(double draw) {
            this.draw = draw;
        }

        @Override
        public double nextDouble() {
            return draw;
        }

        @Override
        public long nextLong() {
            return 0;
        }
    }

    private double fail(Failure failure) {
        return backoff.failed(now, failure).toMillis() / 1000.0;
    }

    private double[] fail(Failure failure, int times) {
        return IntStream.range(0, times).mapToDouble(i -> fail(failure)).toArray();
    }

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void doubles_from_half_a_second_to_thirty() {
        assertThat(fail(PASSING, 9)).containsExactly(0.5, 1, 2, 4, 8, 16, 30, 30, 30);
    }

    @Test
    void takes_up_to_a_half_off_at_random() {
        var mostOff = new Backoff(Timing.DEFAULT, new Given(0.999999));
        var random = new Backoff(Timing.DEFAULT, new SplittableRandom(7));

        assertThat(mostOff.failed(0, PASSING)).isBetween(Duration.ofMillis(250), Duration.ofMillis(251));
        for (int i = 0; i < 100; i++) {
            random.startFrom(Duration.ofSeconds(30));
            assertThat(random.failed(0, PASSING)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        }
    }

    @Test
    void begins_anew_only_after_a_minute_of_health() {
        fail(PASSING, 5);
        backoff.succeeded(now);
        pass(59);
        assertThat(fail(PASSING)).isEqualTo(16);
        backoff.succeeded(now);
        pass(30);
        backoff.succeeded(now);
        pass(30);

        assertThat(fail(PASSING)).isEqualTo(0.5);
    }

    @Test
    void is_patient_with_what_lasts_from_the_third_time_on() {
        assertThat(fail(LASTING, 7)).containsExactly(0.5, 1, 60, 120, 240, 300, 300);
    }

    @Test
    void is_patient_until_two_attempts_have_succeeded() {
        fail(LASTING, 3);
        backoff.succeeded(now);
        assertThat(fail(LASTING)).isEqualTo(120);
        backoff.succeeded(now);
        backoff.succeeded(now);

        assertThat(fail(LASTING)).isEqualTo(2);
    }

    @Test
    void waits_as_long_as_the_server_asks_up_to_five_minutes() {
        assertThat(fail(new Failure("busy", Kind.PASSING, Duration.ofSeconds(7))))
                .isEqualTo(7);
        assertThat(fail(new Failure("busy", Kind.PASSING, Duration.ofDays(365))))
                .isEqualTo(300);
    }

    @Test
    void does_not_come_sooner_because_the_server_asks() {
        assertThat(fail(new Failure("busy", Kind.PASSING, Duration.ZERO))).isEqualTo(0.5);
    }

    @Test
    void starts_from_what_the_server_says_within_reason() {
        backoff.startFrom(Duration.ZERO);
        assertThat(fail(PASSING)).isEqualTo(0.5);
        backoff.startFrom(Duration.ofSeconds(3));
        assertThat(fail(PASSING)).isEqualTo(6);
        backoff.startFrom(Duration.ofDays(1));

        assertThat(fail(PASSING)).isEqualTo(30);
    }
}
