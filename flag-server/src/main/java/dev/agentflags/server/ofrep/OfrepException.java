package dev.agentflags.server.ofrep;

/** A request that is none. The message never repeats what it says. */
final class OfrepException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    OfrepException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    /** Returns OpenFeature's error code. */
    String code() {
        return code;
    }
}
