package dev.agentflags.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoundsTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Semaphore turns = new Semaphore(0);

    private Rounds rounds(Duration pause) {
        return new Rounds(
                "rounds",
                pause,
                LONG,
                () -> {
                    done.add("round");
                    turns.release();
                },
                () -> done.add("last by " + Thread.currentThread().getName()));
    }

    @Test
    void go_on_until_they_are_closed_and_end_once() throws InterruptedException {
        Rounds rounds = rounds(SOON);
        rounds.start();
        rounds.start();
        turns.acquire(3);
        rounds.close();
        rounds.close();

        assertThat(done).endsWith("round", "last by rounds").containsOnlyOnce("last by rounds");
        assertThat(rounds.isClosed()).isTrue();
    }

    @Test
    void end_without_waiting_for_the_pause_to_be_over() throws InterruptedException {
        Rounds rounds = rounds(LONG);
        rounds.start();
        turns.acquire();
        rounds.close();

        assertThat(done).containsExactly("round", "last by rounds");
    }

    @Test
    void do_nothing_that_was_never_started() {
        Rounds rounds = rounds(SOON);
        rounds.close();
        rounds.start();

        assertThat(rounds.isStarted()).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void interrupt_what_takes_too_long() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        Rounds rounds = new Rounds(
                "rounds",
                SOON,
                SOON,
                () -> {
                    turns.release();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                },
                () -> {});
        rounds.start();
        turns.acquire();
        rounds.close();

        interrupted.await();
    }
}
