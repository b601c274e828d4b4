package dev.agentflags.rollout;

/** How a guarded rollout stands. */
public enum State {
    /** It is going on: evidence is gathered. */
    RUNNING,
    /** It waits, and is watched all the while: see {@link Waiting}. */
    HOLDING,
    /** It was stopped, and stays so until a person does something. */
    STOPPED,
    /** It is at its last stage. */
    DONE
}
