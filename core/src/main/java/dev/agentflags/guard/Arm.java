package dev.agentflags.guard;

/** Which behaviour a unit met. */
public enum Arm {
    /** The new one, which is being rolled out. */
    TREATMENT,

    /** The one that it is compared with, at the same time. */
    CONTROL
}
