package dev.agentflags.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stages that a flag's percentage goes through.
 *
 * @param stages percentages, rising, each above 0 and at most 100
 * @param minDuration how long a stage lasts at least before it may be left by itself, or null
 * @param minUnits how many units meet the new behaviour in a stage at least before it may be left by itself, or null
 * @param stageSince when the present stage began, or null
 * @param paused that only a person may go on from here, or null
 */
public record Rollout(
        List<Double> stages,
        @Nullable Duration minDuration,
        @Nullable Long minUnits,
        @Nullable Instant stageSince,
        @Nullable Pause paused) {

    /** 1, 5, 25, 50, 100 %, with no minimum. */
    public static final Rollout DEFAULT = new Rollout(List.of(1.0, 5.0, 25.0, 50.0, 100.0), null, null, null, null);

    public Rollout {
        stages = List.copyOf(stages);
    }
}
