package dev.agentflags.rollout;

/** What a rollout that is {@link State#HOLDING} waits for. */
public enum Waiting {
    /** Evidence: the stage has lasted long enough and tells neither way. */
    INCONCLUSIVE,
    /** Anyone at all: one of the arms has had no outcome for a while. */
    NO_TRAFFIC,
    /** A person, who has to begin, approve, or go on. */
    PERSON,
    /** Somebody who finds out why the arms are not as large as they should be. */
    SAMPLE_RATIO
}
