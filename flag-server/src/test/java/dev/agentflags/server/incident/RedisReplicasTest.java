package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.server.redis.RedisFlagStore;
import dev.agentflags.server.redis.RedisOptions;
import dev.agentflags.server.redis.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers on one Redis, with providers at both. */
@Timeout(120)
class RedisReplicasTest {

    private static final int KILLS = 200;

    private static final String SEED = IntStream.range(0, KILLS)
            .mapToObj(i -> "\"f" + i + "\": {\"status\": \"on\"}")
            .collect(Collectors.joining(",", "{\"version\": 1, \"flags\": {", "}}"));

    RedisProcess start() throws IOException {
        return RedisProcess.start();
    }

    /** Generous, for machines that have other things to do; the profile with the installed Redis wants 100 ms. */
    Duration bound() {
        return Duration.ofSeconds(2);
    }

    private static Served serve(RedisProcess redis) throws IOException {
        return Served.of(
                RedisFlagStore.open(
                        RedisOptions.builder(redis.url("test")).seed(SEED).build()),
                options -> options);
    }

    @Test
    void have_a_kill_at_every_provider_soon() throws Exception {
        try (RedisProcess redis = start();
                Served one = serve(redis);
                Served two = serve(redis)) {
            List<AgentFlagsProvider> providers =
                    List.of(one.provider(), one.provider(), two.provider(), two.provider());
            Eventually.until(() -> one.server.streams() == 2 && two.server.streams() == 2);
            List<Duration> took = new ArrayList<>();
            List<Duration> answered = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                String key = "f" + i;
                Served at = i % 2 == 0 ? one : two;
                long start = System.nanoTime();
                assertThat(at.post("/admin/v1/kill-switches/" + key + "/activate", "{\"reason\": \"test\"}")
                                .statusCode())
                        .isEqualTo(200);
                answered.add(Duration.ofNanos(System.nanoTime() - start));
                Eventually.until(() -> providers.stream().allMatch(provider -> isKilled(provider, key)));
                took.add(Duration.ofNanos(System.nanoTime() - start));
            }
            print("kill until it is answered", answered);
            print("kill at one of two servers on one Redis until all providers have it", took);
            assertThat(took.get(KILLS * 99 / 100 - 1)).isLessThan(bound());
        }
    }

    private static void print(String what, List<Duration> took) {
        Collections.sort(took);
        System.out.printf(
                "%s, %d times: p50 %d µs, p99 %d µs, max %d µs%n",
                what,
                KILLS,
                took.get(KILLS / 2).toNanos() / 1000,
                took.get(KILLS * 99 / 100 - 1).toNanos() / 1000,
                took.get(KILLS - 1).toNanos() / 1000);
    }

    private static boolean isKilled(AgentFlagsProvider provider, String key) {
        return Objects.requireNonNull(provider.snapshot()).evaluator().killed().containsKey(key);
    }

    @Test
    void never_revive_a_flag_when_redis_is_emptied() throws Exception {
        try (RedisProcess redis = start();
                Served one = serve(redis);
                Served two = serve(redis)) {
            AgentFlagsProvider first = one.provider();
            AgentFlagsProvider second = two.provider();
            one.post("/admin/v1/kill-switches/f0/activate", "{\"reason\": \"test\"}");
            Eventually.until(() -> isKilled(first, "f0") && isKilled(second, "f0"));
            redis.empty();
            Eventually.until(() -> one.audit().contains("\"restore\""));
            two.post("/admin/v1/kill-switches/f1/activate", "{\"reason\": \"test\"}");
            Eventually.until(() -> isKilled(first, "f1") && isKilled(second, "f1"));

            assertThat(isKilled(first, "f0")).isTrue();
            assertThat(isKilled(second, "f0")).isTrue();
        }
    }
}
