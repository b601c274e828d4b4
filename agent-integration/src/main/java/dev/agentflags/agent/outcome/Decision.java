package dev.agentflags.agent.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What one flag decided for one turn.
 *
 * @param flag the flag's key
 * @param status whether its value was served, and if not, why
 * @param variant the one that was really served; null if there was none, or its provider did not name it
 * @param reason OpenFeature's reason; of a pinned decision, the reason at the time when it was pinned; null if there was
 *     none
 * @param error an OpenFeature error code, or what is wrong with the value, never with a prompt's text; null if nothing
 * @param pinned whether the conversation's earlier decision stood against what the flag says now
 * @param version of the flag; null if its provider told none
 */
public record Decision(
        String flag,
        Status status,
        @Nullable String variant,
        @Nullable String reason,
        @Nullable String error,
        boolean pinned,
        @Nullable String version) {

    /** The label of whoever got the code's own configuration without a variant that stands for it. */
    public static final String DEFAULT = "default";

    /** The label of whoever got a value of which its provider did not tell what it is called. */
    public static final String UNNAMED = "unnamed";

    /** The variant as it is reported: its name, {@link #DEFAULT} or {@link #UNNAMED}. */
    public String label() {
        if (variant != null) {
            return variant;
        }
        return status == Status.SERVED ? UNNAMED : DEFAULT;
    }

    /** What became of a flag's answer. */
    public enum Status {

        /** Its value was used. */
        SERVED,

        /** It is off for this caller, or disabled: the code's own configuration. */
        OFF,

        /** Its kill switch is engaged: the code's own configuration. */
        KILLED,

        /** It could not be evaluated: the code's own configuration. */
        FAILED,

        /** Its value is not one that the agent may run with: the code's own configuration. */
        REFUSED
    }
}
