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

    /** Before what counts: providers are in this process, too, and have to be compiled, as servers rehearse. */
    private static final int PRACTICE = 60;

    /** A machine that has something else to do for a second is no answer to how long a kill takes: then it is tried again. */
    private static final int ROUNDS = 3;

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
                options -> options.rehearse(Duration.ofSeconds(2)));
    }

    @Test
    void have_a_kill_at_every_provider_soon() throws Exception {
        try (RedisProcess redis = start();
                Served one = serve(redis);
                Served two = serve(redis)) {
            List<AgentFlagsProvider> providers =
                    List.of(one.provider(), one.provider(), two.provider(), two.provider());
            Eventually.until(() -> one.server.streams() == 2 && two.server.streams() == 2);
            Eventually.until(() -> !isRehearsing());
            round(PRACTICE, one, two, providers);
            Duration p99 = round(KILLS, one, two, providers);
            for (int i = 1; i < ROUNDS && p99.compareTo(bound()) >= 0; i++) {
                p99 = round(KILLS, one, two, providers);
            }
            assertThat(p99).isLessThan(bound());
        }
    }

    private static boolean isRehearsing() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("agentflags-rehearsal"));
    }

    /** Kills flags at one server and the other by turns, revives them, and returns how long 99 of 100 took to be everywhere. */
    private static Duration round(int kills, Served one, Served two, List<AgentFlagsProvider> providers) {
        List<Duration> took = new ArrayList<>();
        List<Duration> answered = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            String key = "f" + i;
            long start = System.nanoTime();
            change(i % 2 == 0 ? one : two, key, "activate");
            answered.add(Duration.ofNanos(System.nanoTime() - start));
            Eventually.until(() -> providers.stream().allMatch(provider -> isKilled(provider, key)));
            took.add(Duration.ofNanos(System.nanoTime() - start));
        }
        for (int i = 0; i < kills; i++) {
            change(one, "f" + i, "deactivate");
        }
        Eventually.until(() -> providers.stream().allMatch(RedisReplicasTest::hasNoneKilled));
        print("kill until it is answered", answered);
        print("kill at one of two servers on one Redis until all providers have it", took);
        return took.get(kills * 99 / 100 - 1);
    }

    private static void change(Served at, String key, String what) {
        String path = "/admin/v1/kill-switches/" + key + "/" + what;
        assertThat(at.post(path, "{\"reason\": \"test\"}", "If-Match", "*").statusCode())
                .isEqualTo(200);
    }

    private static void print(String what, List<Duration> took) {
        Collections.sort(took);
        System.out.printf(
                "%s, %d times: p50 %d µs, p99 %d µs, max %d µs%n",
                what,
                took.size(),
                took.get(took.size() / 2).toNanos() / 1000,
                took.get(took.size() * 99 / 100 - 1).toNanos() / 1000,
                took.get(took.size() - 1).toNanos() / 1000);
    }

    private static boolean hasNoneKilled(AgentFlagsProvider provider) {
        return Objects.requireNonNull(provider.snapshot()).evaluator().killed().isEmpty();
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
