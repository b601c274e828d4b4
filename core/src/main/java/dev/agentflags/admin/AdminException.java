package dev.agentflags.admin;

import org.jspecify.annotations.Nullable;

/** An operation that was not done. What was there before still is. */
public final class AdminException extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Why an operation was not done. */
    public enum Kind {
        /** There is no flag of that key. */
        NO_SUCH_FLAG,
        /** It makes no sense as things are: the flag is killed, or already where it should go. */
        REFUSED,
        /** Somebody else changed the document first. */
        CONFLICT,
        /** The document would have errors, or has errors that must be mended first. */
        INVALID,
        /** Whoever asks may not do it. */
        FORBIDDEN,
        /** The store cannot be read or written. */
        UNAVAILABLE
    }

    /** Makes an exception without a cause. */
    public AdminException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** Makes an exception. */
    public AdminException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns why the operation was not done. */
    public Kind kind() {
        return kind;
    }
}
