package dev.agentflags.model;

/** Who a flag is on for, when nothing more specific decides. */
public enum Status {
    /** Nobody, whatever else the flag says. */
    OFF,
    /** Everyone. */
    ON,
    /** A share of the subjects, always the same ones. */
    PERCENTAGE,
    /** Only those whom a list or a rule names. */
    TARGETED
}
