package dev.agentflags.remote;

/** What becomes of the flags when the document has not been confirmed for too long. */
public enum OnStale {

    /** They stay as they are: a server that is down stops nobody. */
    KEEP,

    /** Every flag is killed until the document is confirmed: who cannot be told to stop does not go on. */
    KILL
}
