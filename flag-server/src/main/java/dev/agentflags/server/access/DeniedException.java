package dev.agentflags.server.access;

/** A request without a token that counts. */
public final class DeniedException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean lockedOut;

    DeniedException(String message, boolean lockedOut) {
        super(message);
        this.lockedOut = lockedOut;
    }

    /** Whether its source has come with too many bad tokens of late. */
    public boolean isLockedOut() {
        return lockedOut;
    }
}
