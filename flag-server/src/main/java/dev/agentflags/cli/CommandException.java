package dev.agentflags.cli;

import org.jspecify.annotations.Nullable;

/** Why a command ends without having done what it was asked for. */
final class CommandException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String advice;

    /**
     * Makes an exception.
     *
     * @param status one of {@link Exit}
     * @param message what is wrong
     * @param advice what to do about it, or null where the message says so
     */
    CommandException(int status, String message, @Nullable String advice) {
        super(message);
        this.status = status;
        this.advice = advice;
    }

    int status() {
        return status;
    }

    @Nullable
    String advice() {
        return advice;
    }
}
