package dev.agentflags.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.server.state.Published;
import dev.agentflags.server.state.Publisher;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RehearsalTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<Published> told = new ArrayList<>();
    private final Publisher publisher = new Publisher(Clock.systemUTC(), told::add);
    private final Semaphore kills = new Semaphore(0);

    /** A kill asks once what the time is. */
    private final InstantSource time = () -> {
        kills.release();
        return InstantSource.system().instant();
    };

    private final Clock clock = time.withZone(ZoneOffset.UTC);

    private Published publish(String flags) {
        String document = "{'version': 1, 'lineage': 'l', 'serial': 1, 'flags': {" + flags + "}}";
        publisher.offer(document.replace('\'', '"').getBytes(UTF_8));
        return publisher.current();
    }

    private static void awaitEnd(Rehearsal rehearsal) throws InterruptedException {
        rehearsal.thread().join();
    }

    @Test
    void kills_again_and_again_and_changes_nothing() throws InterruptedException {
        Published published = publish("'k': {'status': 'on', 'kill_switch': true}, 'a': {'status': 'on'}");
        try (var rehearsal = new Rehearsal(published, LONG, clock)) {
            awaitEnd(rehearsal);
        }
        assertThat(kills.availablePermits()).isEqualTo(Rehearsal.ENOUGH);
        assertThat(told).containsExactly(published);
    }

    @Test
    void ends_when_it_is_closed() throws InterruptedException {
        var rehearsal = new Rehearsal(publish("'a': {'status': 'on'}"), LONG, clock);
        assertThat(kills.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        rehearsal.close();
        awaitEnd(rehearsal);
        assertThat(kills.availablePermits()).isLessThan(Rehearsal.ENOUGH - 1);
    }

    @Test
    void ends_when_its_time_is_over() throws InterruptedException {
        awaitEnd(new Rehearsal(publish("'a': {'status': 'on'}"), Duration.ZERO, clock));
        assertThat(kills.availablePermits()).isZero();
    }

    @Test
    void does_nothing_where_there_is_nothing_to_kill() throws InterruptedException {
        awaitEnd(new Rehearsal(publish("'k': {'status': 'on', 'kill_switch': true}"), LONG, clock));
        assertThat(kills.availablePermits()).isZero();
    }
}
