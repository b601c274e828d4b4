package dev.agentflags.snapshot;

import org.jspecify.annotations.Nullable;

/** A document that must not come into force; what was in force before still is. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    RefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
