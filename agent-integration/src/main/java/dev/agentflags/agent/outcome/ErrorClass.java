package dev.agentflags.agent.outcome;

/** Whose fault an error was. */
public enum ErrorClass {

    /** Possibly the configuration's: this is what speaks against a variant. */
    VARIANT,

    /** The network's or a service's: rate limits, server errors, time-outs. Every variant meets them alike. */
    INFRASTRUCTURE,

    /** The calling code's: it says nothing of a variant. */
    CALLER,

    /** Nobody's that is known: a run was closed before anyone said how it ended. It says nothing of a variant. */
    UNKNOWN
}
