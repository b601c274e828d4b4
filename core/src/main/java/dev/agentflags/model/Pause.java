package dev.agentflags.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a rollout is held where it is until a person advances it.
 *
 * @param reason why, or null
 * @param by who has paused it, or null
 * @param at since when, or null
 */
public record Pause(
        @Nullable String reason,
        @Nullable String by,
        @Nullable Instant at) {}
