package dev.agentflags.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric;
import dev.agentflags.rollout.MetricWatch.Ahead;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricWatchTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final int COPIES = 500;

    /** A watch in its fourth stage, with both kinds of evidence and a block that is open, and without the names of its units. */
    private static MetricWatch busy(GuardMetric metric, boolean byUnit, Random random) {
        var watch = new MetricWatch(metric, byUnit, START);
        Instant now = START;
        for (int stage = 1; stage <= 4; stage++) {
            watch.enter(new Ahead(stage, 1, 25), now);
            for (int turn = 0; turn < 4_000; turn++) {
                double value = metric.name().isAmount() ? Math.exp(random.nextGaussian()) : turn % 10 == 0 ? 1 : 0;
                watch.take(stage, turn % 4 == 0 ? Arm.TREATMENT : Arm.CONTROL, (long) random.nextInt(500), value, now);
                if (turn % 100 == 0) {
                    now = now.plus(Duration.ofMinutes(20));
                    watch.tick(now.minus(Duration.ofMinutes(15)), now);
                }
            }
        }
        watch.units().clear();
        return watch;
    }

    private static long heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @ParameterizedTest
    @CsvSource({"ERROR, false", "ERROR, true", "LATENCY, false", "LATENCY, true"})
    void takes_no_more_than_4_KiB_of_memory(GuardMetric.Name name, boolean byUnit) {
        var metric = new GuardMetric(name, null, null, 1, GuardMetric.Action.KILL);
        var random = new Random(1);
        busy(metric, byUnit, random);
        var watches = new MetricWatch[COPIES];
        long before = heapInUse();
        for (int i = 0; i < COPIES; i++) {
            watches[i] = busy(metric, byUnit, random);
        }
        long bytes = (heapInUse() - before) / COPIES;

        assertThat(Objects.requireNonNull(watches[COPIES - 1].worse()).counted().units())
                .isGreaterThan(100);
        assertThat(Objects.requireNonNull(watches[COPIES - 1].safe()).counted().units())
                .isGreaterThan(20);
        assertThat(bytes).as("bytes of %s", name).isBetween(500L, 4_096L);
    }
}
