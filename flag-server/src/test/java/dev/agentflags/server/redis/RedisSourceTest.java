package dev.agentflags.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.source.FlagSource;
import dev.agentflags.source.FlagSourceContract;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

@SuppressWarnings("NullAway.Init")
class RedisSourceTest extends FlagSourceContract {

    private static final String DOCUMENT = "{\"one\": {\"status\": \"on\"}}";

    private RedisProcess redis;
    private RedisFlags flags;
    private Link link;
    private RedisDocument document;

    @Override
    protected FlagSource newSource() throws IOException {
        redis = RedisProcess.start();
        var options = RedisOptions.builder(redis.url("test")).build();
        flags = new RedisFlags(options, Clock.systemUTC());
        link = new PooledLink("writer", new HostAndPort("127.0.0.1", redis.port()), options.clientConfig(0));
        document = new RedisDocument(link, "test", 0);
        return flags.source("test");
    }

    @AfterEach
    void closeAll() throws IOException {
        source.close();
        link.close();
        flags.close();
        redis.close();
    }

    @Override
    protected void publish(String text) throws IOException {
        if (!redis.isRunning()) {
            redis.startAgain();
        }
        var entry = new AuditEntry(Instant.EPOCH, "tester", "put", null, "", null, null, null);
        assertThat(document.write(document.read(null).version(), text, entry)).isNotNull();
    }

    @Override
    protected void withdraw() {
        redis.kill();
    }

    @Test
    void finds_a_change_of_which_the_stream_tells_nothing() throws Exception {
        publish(DOCUMENT);
        source.start(listener);
        listener.awaitAccepted(DOCUMENT);
        String other = DOCUMENT.replace("\"on\"", "\"off\"");
        try (Jedis jedis = redis.jedis()) {
            jedis.set("{test}:doc", other);
            jedis.hset("{test}:meta", "version", Kept.versionOf(other));
        }

        listener.awaitAccepted(other);
    }

    @Test
    void passes_over_entries_that_change_nothing() throws Exception {
        publish(DOCUMENT);
        source.start(listener);
        listener.awaitAccepted(DOCUMENT);
        document.record(new AuditEntry(Instant.EPOCH, "tester", "refused", null, "", null, null, null));
        listener.awaitConfirmation();

        assertThat(listener.delivered()).containsExactly(DOCUMENT);
    }

    @Test
    void fails_within_five_seconds_when_redis_hangs_and_confirms_when_it_does_not_any_more() throws Exception {
        publish(DOCUMENT);
        source.start(listener);
        listener.awaitAccepted(DOCUMENT);
        redis.freeze();
        long start = System.nanoTime();
        listener.awaitFailure("");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        redis.thaw();
        listener.awaitConfirmation();

        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void is_closed_within_a_second_although_redis_hangs() throws Exception {
        publish(DOCUMENT);
        source.start(listener);
        listener.awaitAccepted(DOCUMENT);
        redis.freeze();
        long start = System.nanoTime();
        source.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
}
