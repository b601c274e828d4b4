package dev.agentflags.evaluation;

/** Why a subject got what it got. The names are OpenFeature's, {@link #KILLED} apart. */
public enum Reason {
    /** The flag gives everyone the same. */
    STATIC,
    /** Nothing that names the subject decided. */
    DEFAULT,
    /** A list or a rule named the subject. */
    TARGETING_MATCH,
    /** The subject's bucket decided. */
    SPLIT,
    /** The flag is off and leaves callers their own default. */
    DISABLED,
    /** A kill switch is engaged. */
    KILLED
}
