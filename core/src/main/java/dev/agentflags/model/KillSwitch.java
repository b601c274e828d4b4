package dev.agentflags.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A switch that beats every other rule while it is engaged.
 *
 * @param engaged whether what it guards is killed now
 * @param reason why it was last moved, or null
 * @param by who moved it, or null
 * @param at when it was moved, or null
 */
public record KillSwitch(
        boolean engaged,
        @Nullable String reason,
        @Nullable String by,
        @Nullable Instant at) {

    /** Not killed, and nothing to say about it. */
    public static final KillSwitch RELEASED = new KillSwitch(false, null, null, null);

    /** Killed, and nobody said why. */
    public static final KillSwitch ENGAGED = new KillSwitch(true, null, null, null);
}
