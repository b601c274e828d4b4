package dev.agentflags.server.alert;

/** A body that is not what its sender is known to send. The message says where. */
public final class PayloadException extends Exception {

    private static final long serialVersionUID = 1;

    PayloadException(String message) {
        super(message);
    }
}
