package dev.agentflags.agent;

import dev.agentflags.agent.conversation.Pin;
import dev.agentflags.agent.outcome.Decision;
import dev.agentflags.agent.outcome.Decision.Status;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.Value;
import org.jspecify.annotations.Nullable;

/**
 * What one flag says in one turn.
 *
 * @param value null where the code's own configuration is to be used
 * @param variant the one that is really served; null if there is none or its provider does not tell
 */
record Answer(
        Status status,
        @Nullable Value value,
        @Nullable String variant,
        @Nullable String reason,
        @Nullable String error,
        @Nullable String version) {

    private static final Value NOTHING = new Value();

    static Answer failed(String error, @Nullable String reason, @Nullable String version) {
        return new Answer(Status.FAILED, null, null, reason, error, version);
    }

    static Answer of(Pin pin) {
        return new Answer(
                pin.off() ? Status.OFF : Status.SERVED,
                pin.off() ? null : pin.value(),
                pin.variant(),
                pin.reason(),
                null,
                pin.version());
    }

    /** The same flag, whose value the agent may not run with. */
    Answer refused(String problem) {
        return new Answer(Status.REFUSED, null, null, reason, problem, version);
    }

    /** Whether a conversation's earlier answer stands against this one; see {@link AgentFlags}. */
    boolean yieldsTo(Pin pin) {
        if (status == Status.FAILED) {
            // a flag that was removed gives nothing any more; of any other failure nobody knows what the flag would say
            return !ErrorCode.FLAG_NOT_FOUND.name().equals(error);
        }
        return status == Status.SERVED && !pin.isAlike(pin());
    }

    /** This answer for a conversation to keep; null if it names no variant, and so is nothing to keep. */
    @Nullable
    Pin pin() {
        if (variant == null || (status != Status.SERVED && status != Status.OFF)) {
            return null;
        }
        return new Pin(variant, value == null ? NOTHING : value, value == null, reason, version);
    }

    /**
     * This answer as it is reported.
     *
     * @param against what the flag says now, where this is a conversation's earlier answer; null otherwise
     */
    Decision decision(String flag, @Nullable Answer against) {
        return new Decision(
                flag, status, variant, reason, against == null ? error : against.error, against != null, version);
    }
}
