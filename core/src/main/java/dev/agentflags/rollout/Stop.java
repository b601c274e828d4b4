package dev.agentflags.rollout;

import dev.agentflags.model.GuardMetric.Action;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a rollout was stopped.
 *
 * @param action how; null where it was somebody else
 * @param reason why, for people
 * @param at when
 * @param dryRun whether it was only said
 * @param doneAt when the action was carried out; null as long as it was not
 */
record Stop(
        @Nullable Action action,
        String reason,
        Instant at,
        boolean dryRun,
        @Nullable Instant doneAt) {

    Stop carriedOut(Instant now) {
        return new Stop(action, reason, at, dryRun, now);
    }

    /** Returns what is still to be done, or null where nothing is. */
    @Nullable
    Action due() {
        return dryRun || doneAt != null || action == Action.PAUSE ? null : action;
    }
}
