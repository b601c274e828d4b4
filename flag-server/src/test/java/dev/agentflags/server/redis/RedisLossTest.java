package dev.agentflags.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.model.Ruleset;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.source.FlagSource;
import dev.agentflags.source.RecordingListener;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.RestoreParams;

/** A server that runs while Redis loses what it had. */
@Timeout(60)
@Tag("real")
class RedisLossTest {

    private static final String SEED = """
            {"version": 1, "flags": {"a": {"status": "on"}, "b": {"status": "on"}, "c": {"status": "percentage", "percentage": 1}}}
            """.strip();
    private static final List<String> KEYS = List.of("{test}:meta", "{test}:doc", "{test}:audit");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RecordingListener listener = new RecordingListener();
    private RedisProcess redis;
    private RedisFlags running;
    private FlagAdmin admin;

    RedisProcess startRedis() throws IOException {
        return RedisProcess.start("--appendfsync", "always");
    }

    @BeforeEach
    void run() throws Exception {
        redis = startRedis();
        running = open();
        admin = admin(running);
        FlagSource source = running.source("test");
        opened.add(source);
        source.start(listener);
        Eventually.until(() -> !listener.accepted().isEmpty());
    }

    private RedisFlags open() throws IOException {
        var flags = RedisFlags.open(
                RedisOptions.builder(redis.url("test")).seed(SEED).build());
        opened.add(0, flags);
        return flags;
    }

    private static FlagAdmin admin(RedisFlags flags) {
        return new StoreAdmin(flags.store(), "tester", Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        redis.close();
    }

    @Test
    void loses_nothing_when_redis_is_killed() throws Exception {
        for (int i = 0; i < 50; i++) {
            admin.kill("a", "again");
            admin.revive("a", "again");
        }
        admin.kill("b", "last");
        String before = running.store().load().text();
        List<AuditEntry> audit = running.store().audit();
        redis.kill();
        assertThatThrownBy(() -> running.store().load()).isInstanceOf(IOException.class);
        redis.startAgain();

        assertThat(running.store().load().text()).isEqualTo(before);
        assertThat(running.store().audit()).isEqualTo(audit).hasSize(1 + 101);
    }

    @Test
    void puts_the_document_back_when_redis_was_emptied() throws Exception {
        admin.kill("a", "wrong answers");
        String before = running.store().load().text();
        listener.awaitAccepted(before);
        empty();
        Eventually.until(() -> audit("restore"));

        assertThat(open().store().load().text()).isEqualTo(before);
        assertThat(listener.accepted()).last().isEqualTo(before);
        assertNeverRevived("a");
    }

    @Test
    void puts_the_document_back_before_a_change_is_made() throws Exception {
        admin.kill("a", "wrong answers");
        empty();
        admin.kill("b", "wrong answers, too");

        assertThat(killed()).containsExactly("a", "b");
        assertNeverRevived("a");
    }

    @Test
    void puts_the_newer_document_back_when_redis_went_back() throws Exception {
        Map<String, byte[]> old = dump();
        admin.kill("a", "wrong answers");
        String before = running.store().load().text();
        listener.awaitAccepted(before);
        restore(old);
        Eventually.until(() -> audit("restore"));

        assertThat(running.store().load().text()).isEqualTo(before);
        assertNeverRevived("a");
    }

    @Test
    void keeps_its_kill_when_others_went_on_from_an_older_document() throws Exception {
        Map<String, byte[]> old = dump();
        admin.kill("a", "wrong answers");
        listener.awaitAccepted(running.store().load().text());
        restore(old);
        FlagAdmin other = admin(open());
        other.kill("b", "of another server");
        other.advance("c", "of another server");
        Eventually.until(() -> audit("restore"));

        assertThat(killed()).containsExactly("a", "b");
        assertThat(running.store().load().text()).contains("kept although Redis had lost it: wrong answers");
        assertNeverRevived("a");
    }

    @Test
    void keeps_its_kill_when_another_server_begins_anew() throws Exception {
        admin.killAll("stop");
        listener.awaitAccepted(running.store().load().text());
        String lineage = lineage();
        restart();
        Eventually.until(() -> listener.accepted().size() > 2 || lineage().equals(lineage));

        assertThat(Objects.requireNonNull(ruleset(running.store().load().text()).killSwitch())
                        .engaged())
                .isTrue();
        assertNeverRevived("a");
    }

    /** Empties it and begins anew in one step, so that the running server cannot be first. */
    private void restart() throws Exception {
        try (Jedis jedis = redis.jedis()) {
            String text = SEED.replace("\"flags\"", "\"lineage\": \"another\", \"serial\": 7, \"flags\"");
            var transaction = jedis.multi();
            transaction.del(KEYS.toArray(String[]::new));
            transaction.set("{test}:doc", text);
            transaction.hset("{test}:meta", Map.of("version", Kept.versionOf(text), "id", ""));
            transaction.exec();
        }
    }

    @Test
    void takes_a_revival_of_another_server_as_it_is() throws Exception {
        admin.kill("a", "wrong answers");
        listener.awaitAccepted(running.store().load().text());
        admin(open()).revive("a", "mended");

        Eventually.until(() -> killed().isEmpty());
        assertThat(running.store().audit()).extracting(AuditEntry::operation).doesNotContain("restore");
    }

    private void empty() {
        try (Jedis jedis = redis.jedis()) {
            jedis.flushAll();
        }
    }

    private Map<String, byte[]> dump() {
        Map<String, byte[]> dump = new HashMap<>();
        try (Jedis jedis = redis.jedis()) {
            KEYS.forEach(key -> dump.put(key, jedis.dump(key)));
        }
        return dump;
    }

    private void restore(Map<String, byte[]> dump) {
        try (Jedis jedis = redis.jedis()) {
            var transaction = jedis.multi();
            dump.forEach((key, value) -> transaction.restore(
                    key, 0, value, RestoreParams.restoreParams().replace()));
            transaction.exec();
        }
    }

    private boolean audit(String operation) {
        try {
            return running.store().audit().stream()
                    .anyMatch(entry -> entry.operation().equals(operation));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> killed() {
        try {
            return ruleset(running.store().load().text()).flags().values().stream()
                    .filter(flag -> flag.killSwitch().engaged())
                    .map(flag -> flag.key())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String lineage() {
        try {
            return Objects.requireNonNull(Objects.requireNonNull(
                            ruleset(running.store().load().text()).revision())
                    .lineage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** From the first document in which it was killed, the source told of none in which it was not. */
    private void assertNeverRevived(String key) {
        List<Boolean> killed = listener.delivered().stream()
                .map(RedisLossTest::ruleset)
                .map(ruleset -> Objects.requireNonNull(ruleset.killSwitch()).engaged()
                        || Objects.requireNonNull(ruleset.flags().get(key))
                                .killSwitch()
                                .engaged())
                .dropWhile(engaged -> !engaged)
                .toList();
        assertThat(killed).doesNotContain(false);
    }

    private static Ruleset ruleset(String text) {
        try {
            return DocumentReader.read(text).ruleset();
        } catch (DocumentException e) {
            throw new AssertionError(e);
        }
    }
}
