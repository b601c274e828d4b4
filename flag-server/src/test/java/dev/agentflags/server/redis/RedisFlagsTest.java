package dev.agentflags.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.source.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.resps.StreamEntry;

@Timeout(60)
class RedisFlagsTest {

    private static final String SEED = "{\"version\": 1, \"flags\": {\"a\": {\"status\": \"on\"}}}";

    private static RedisProcess redis;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.close();
    }

    @BeforeEach
    void empty() {
        try (Jedis jedis = redis.jedis()) {
            jedis.flushAll();
        }
    }

    private static RedisOptions.Builder options() {
        return RedisOptions.builder(redis.url("test"));
    }

    @Test
    void refuse_a_redis_without_a_document() {
        assertThatThrownBy(() -> RedisFlags.open(options().build()))
                .isInstanceOf(IOException.class)
                .hasMessage("redis://127.0.0.1:" + redis.port()
                        + "/0?flag_set=test: there is no document; if there never was one, name one to begin with,"
                        + " otherwise bring back what was lost");
    }

    @Test
    void begin_with_the_document_that_is_named_and_give_it_a_lineage_and_a_serial() throws Exception {
        try (var flags = RedisFlags.open(options().seed(SEED).build())) {
            var revision =
                    DocumentReader.read(flags.store().load().text()).ruleset().revision();

            assertThat(Objects.requireNonNull(revision).serial()).isEqualTo(1);
            assertThat(revision.lineage()).hasSize(36);
            assertThat(flags.store().audit()).extracting(AuditEntry::operation).containsExactly("begin");
        }
    }

    @Test
    void begin_with_the_revision_of_a_backup() throws Exception {
        String backup = SEED.replace("\"flags\"", "\"lineage\": \"l\", \"serial\": 42, \"flags\"");
        try (var flags = RedisFlags.open(options().seed(backup).build())) {
            assertThat(flags.store().load().text()).isEqualTo(backup);
        }
    }

    @Test
    void leave_a_document_alone_that_is_there() throws Exception {
        try (var first = RedisFlags.open(options().seed(SEED).build());
                var second = RedisFlags.open(
                        options().seed(SEED.replace("\"on\"", "\"off\"")).build())) {
            assertThat(second.store().load()).isEqualTo(first.store().load());
        }
    }

    @Test
    void refuse_a_document_with_errors_to_begin_with() {
        assertThatThrownBy(() -> RedisFlags.open(
                        options().seed(SEED.replace("\"on\"", "\"of\"")).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/flags/a/status");
    }

    @Test
    void refuse_a_redis_that_forgets_unless_it_is_allowed() throws Exception {
        try (var volatileRedis = RedisProcess.start("--appendonly", "no")) {
            var options = RedisOptions.builder(volatileRedis.url("test")).seed(SEED);

            assertThatThrownBy(() -> RedisFlags.open(options.build()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected append-only persistence, but it is off");
            RedisFlags.open(options.allowVolatile(true).build()).close();
        }
    }

    @Test
    void wait_for_replicas_after_a_change_but_not_for_long() throws Exception {
        try (var replica = RedisProcess.start("--replicaof", "127.0.0.1", "" + redis.port());
                var flags = RedisFlags.open(RedisOptions.builder(redis.url("test") + "&replicas=1")
                        .seed(SEED)
                        .build())) {
            assertThatThrownBy(() -> RedisFlags.open(
                            RedisOptions.builder(replica.url("test")).build()))
                    .hasMessageContaining("this is a replica");
            var admin = new StoreAdmin(flags.store(), "tester", Clock.systemUTC());
            Eventually.until(replica::isReplicating);
            admin.kill("a", "first");
            assertThat(flags.replicated()).isEqualTo(1);
            replica.freeze();
            admin.revive("a", "again");
            assertThat(flags.replicated()).isZero();
            long start = System.nanoTime();
            assertThat(admin.kill("a", "second").changed()).isTrue();
            assertThat(System.nanoTime() - start).isBetween(190_000_000L, 2_000_000_000L);
            assertThat(flags.replicated()).isZero();
        }
    }

    @Test
    void tie_each_line_of_the_audit_trail_to_the_one_before() throws Exception {
        try (var flags = RedisFlags.open(options().seed(SEED).build());
                Jedis jedis = redis.jedis()) {
            var admin = new StoreAdmin(flags.store(), "tester", Clock.systemUTC());
            admin.kill("a", "why");
            admin.revive("a", "over");
            assertThat(flags.checkAudit()).isEqualTo(new AuditCheck(3, 3, null));

            var lines = jedis.xrange("{test}:audit", "-", "+");
            jedis.del("{test}:audit");
            for (StreamEntry line : lines) {
                Map<String, String> fields = new HashMap<>(line.getFields());
                fields.computeIfPresent("entry", (name, text) -> text.replace("\"why\"", "\"because\""));
                jedis.xadd("{test}:audit", line.getID(), fields);
            }
            assertThat(flags.checkAudit().problem()).startsWith("line 3 does not follow the line before it");
            jedis.xdel("{test}:audit", lines.get(0).getID());
            assertThat(flags.checkAudit().problem()).startsWith("line 1 does not follow");
        }
    }

    @Test
    void go_on_with_the_audit_trail_after_a_kill_that_could_not_be_written_there() throws Exception {
        try (var flags = RedisFlags.open(options().seed(SEED).build());
                Jedis jedis = redis.jedis()) {
            var admin = new StoreAdmin(flags.store(), "tester", Clock.systemUTC());
            byte[] trail = jedis.dump("{test}:audit");
            jedis.set("{test}:audit", "not a stream");
            admin.kill("a", "why");
            jedis.del("{test}:audit");
            jedis.restore("{test}:audit", 0, trail);
            admin.revive("a", "over");

            assertThat(flags.checkAudit()).isEqualTo(new AuditCheck(2, 2, null));
        }
    }

    @Test
    void work_after_redis_has_forgotten_the_script() throws Exception {
        try (var flags = RedisFlags.open(options().seed(SEED).build());
                Jedis jedis = redis.jedis()) {
            jedis.scriptFlush();

            assertThat(new StoreAdmin(flags.store(), "tester", Clock.systemUTC())
                            .kill("a", "why")
                            .changed())
                    .isTrue();
        }
    }

    @Test
    void write_once_where_the_connection_dies_before_the_answer() throws Exception {
        var options = options().build();
        var link = new DyingLink(new HostAndPort("127.0.0.1", redis.port()));
        var document = new RedisDocument(link, "test", 0);
        var entry = new AuditEntry(Instant.EPOCH, "tester", "put", "a", "", null, null, 1L);
        link.dying = true;
        Kept kept = document.write("", SEED, entry);

        assertThat(document.entries()).containsExactly(entry);
        assertThat(document.read(kept).follows()).isTrue();
        assertThat(options.toString()).isNotEmpty();
        link.close();
    }

    /** Does what it is told, and once does not say so. */
    private static final class DyingLink extends Link {

        private final Jedis jedis;
        private boolean dying;

        DyingLink(HostAndPort address) {
            super("test");
            jedis = new Jedis(address);
        }

        @Override
        <T> T attempt(Function<Jedis, T> commands) {
            T answer = commands.apply(jedis);
            if (dying) {
                dying = false;
                throw new JedisConnectionException("died");
            }
            return answer;
        }

        @Override
        void renew() {}

        @Override
        public void close() {
            jedis.close();
        }
    }

    @Test
    void never_show_the_password(@TempDir Path directory) throws Exception {
        try (var locked = RedisProcess.start("--requirepass", "s3cr3t")) {
            String url = "redis://:wr0ng@127.0.0.1:" + locked.port() + "/0?flag_set=test";
            var wrong = RedisOptions.builder(url).seed(SEED).build();
            assertThat(wrong.toString()).doesNotContain("wr0ng");
            assertThatThrownBy(() -> RedisFlags.open(wrong))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("WRONGPASS")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("wr0ng"));

            Path file = Files.writeString(directory.resolve("password"), "s3cr3t\n");
            var right = RedisOptions.builder(url).passwordFile(file).seed(SEED).build();
            RedisFlags.open(right).close();
        }
    }

    private static String stackTrace(Throwable e) {
        var text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void tell_that_a_password_file_cannot_be_read() {
        var options = options().passwordFile(Path.of("no-such-file")).build();

        assertThatThrownBy(() -> RedisFlags.open(options)).hasMessageContaining("no-such-file");
    }

    @Test
    void share_one_redis_without_meeting() throws Exception {
        try (var one = RedisFlags.open(options().seed(SEED).build());
                var two = RedisFlags.open(RedisOptions.builder(redis.url("other"))
                        .seed(SEED.replace("\"a\"", "\"b\""))
                        .build())) {
            Stored first = one.store().load();

            assertThat(first.text()).contains("\"a\"");
            assertThat(two.store().load().text()).contains("\"b\"");
        }
    }

    @Test
    void need_no_more_of_redis_than_the_page_on_operations_says() throws Exception {
        String page = Files.readString(Path.of("../docs/operations.md"));
        String[] rule = page.substring(page.indexOf("user flags on"), page.indexOf("+client|setname"))
                .concat("+client|setname")
                .replace("PASSWORD", "0123456789")
                .split(" ", -1);
        try (Jedis jedis = redis.jedis()) {
            jedis.aclSetUser(rule[1], Arrays.copyOfRange(rule, 2, rule.length));
        }
        String url = "redis://flags:0123456789@127.0.0.1:" + redis.port() + "/0?flag_set=support";
        try (var flags = RedisFlags.open(RedisOptions.builder(url).seed(SEED).build());
                var source = flags.source("test");
                Jedis jedis = redis.jedis()) {
            var listener = new RecordingListener();
            source.start(listener);
            Eventually.until(() -> !listener.accepted().isEmpty());
            new StoreAdmin(flags.store(), "tester", Clock.systemUTC()).kill("a", "why");
            Eventually.until(() -> listener.accepted().size() == 2);
            flags.keepAside("text");
            assertThat(flags.store().audit()).hasSize(2);

            jedis.auth("flags", "0123456789");
            assertThatThrownBy(() -> jedis.xtrim("{support}:audit", 0, false)).hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> jedis.del("{support}:audit")).hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> jedis.get("{other}:doc")).hasMessageContaining("NOPERM");
        }
    }
}
