package dev.agentflags.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.program.WithPrograms;
import dev.agentflags.source.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Redis with users of its own, whose default user cannot log in.
 *
 * <p>With a default user that may do nothing, most versions load back nothing of what a script wrote, and say so in their log only
 * (redis/redis issue 14541, valkey-io/valkey issue 3983).
 */
@WithPrograms("redis-server")
@Timeout(60)
class InstalledRedisDefaultUserTest {

    private static final String SEED = "{\"version\": 1, \"flags\": {\"a\": {\"status\": \"on\"}}}";
    private static final String WITHOUT_RIGHTS = "user default off";

    @TempDir
    Path directory;

    private static String line(String beginning) throws IOException {
        return Files.readString(Path.of("../docs/operations.md"))
                .lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private RedisProcess start(String defaultUser) throws IOException {
        Path users = Files.writeString(
                directory.resolve("users.acl"),
                defaultUser + "\n" + line("user flags ").replace("PASSWORD", "0123456789"));
        return RedisProcess.startInstalled("--aclfile", users.toString());
    }

    private static RedisOptions options(RedisProcess redis) {
        return RedisOptions.builder("redis://flags:0123456789@127.0.0.1:" + redis.port() + "/0?flag_set=support")
                .seed(SEED)
                .build();
    }

    private static void kill(RedisFlags flags) throws Exception {
        new StoreAdmin(flags.store(), "tester", Clock.systemUTC()).kill("a", "why");
    }

    @Test
    void loads_everything_back_with_the_rights_that_the_page_gives_it() throws Exception {
        try (var redis = start(line("user default "));
                var flags = RedisFlags.open(options(redis))) {
            assertThat(flags.notLoadedBack()).isNull();
            kill(flags);
            String before = flags.store().load().text();
            redis.kill();
            redis.startAgain();

            assertThat(flags.store().load().text()).isEqualTo(before);
            assertThat(flags.store().audit()).hasSize(2);
        }
    }

    @Test
    void is_warned_of_where_it_has_no_rights() throws Exception {
        try (var redis = start(WITHOUT_RIGHTS);
                var flags = RedisFlags.open(options(redis))) {
            assertThat(flags.notLoadedBack()).contains("no permissions");
        }
    }

    @Test
    void without_rights_revives_nothing_while_a_server_runs() throws Exception {
        try (var redis = start(WITHOUT_RIGHTS);
                var flags = RedisFlags.open(options(redis));
                var source = flags.source("test")) {
            var listener = new RecordingListener();
            source.start(listener);
            Eventually.until(() -> !listener.accepted().isEmpty());
            kill(flags);
            String killed = flags.store().load().text();
            listener.awaitAccepted(killed);
            redis.kill();
            redis.startAgain();

            assertThat(flags.store().load().text()).isEqualTo(killed);
            assertThat(listener.accepted()).last().isEqualTo(killed);
        }
    }
}
