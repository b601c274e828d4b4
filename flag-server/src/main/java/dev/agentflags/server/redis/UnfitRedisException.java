package dev.agentflags.server.redis;

import java.io.IOException;

/** A Redis can be reached, but the options do not allow to begin with it. */
public final class UnfitRedisException extends IOException {

    private static final long serialVersionUID = 1;

    /** What is missing. */
    public enum Lack {
        /** It would not keep what is written. */
        PERSISTENCE,
        /** It has no document. */
        DOCUMENT
    }

    private final Lack lack;

    UnfitRedisException(Lack lack, String message) {
        super(message);
        this.lack = lack;
    }

    /** Returns what is missing. */
    public Lack lack() {
        return lack;
    }
}
