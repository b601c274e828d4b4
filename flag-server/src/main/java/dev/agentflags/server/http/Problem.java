package dev.agentflags.server.http;

import dev.agentflags.admin.AdminException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Why a request is not answered as it was meant, as RFC 9457 has it. Thrown by handlers; without a stack trace. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final AdminException.@Nullable Kind kind;
    private final @Nullable String retryAfter;

    private Problem(int status, AdminException.@Nullable Kind kind, String detail, @Nullable String retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /**
     * Makes a problem.
     *
     * @param detail what was expected and what was found, for the one who has sent the request
     */
    public static Problem of(int status, String detail) {
        boolean forbidden = status == 401 || status == 403;
        return new Problem(status, forbidden ? AdminException.Kind.FORBIDDEN : null, detail, null);
    }

    /** Makes a problem that may be over after some seconds. */
    public static Problem retryAfter(int status, int seconds, String detail) {
        return new Problem(status, null, detail, Integer.toString(seconds));
    }

    /** Makes a problem of an operation that was not done. */
    public static Problem of(AdminException e) {
        return new Problem(status(e.kind()), e.kind(), String.valueOf(e.getMessage()), null);
    }

    private static int status(AdminException.Kind kind) {
        return switch (kind) {
            case FORBIDDEN -> 403;
            case NO_SUCH_FLAG -> 404;
            case REFUSED -> 409;
            case CONFLICT -> 412;
            case INVALID -> 422;
            case UNAVAILABLE -> 503;
        };
    }

    int status() {
        return status;
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }

    /** Returns the problem as JSON. */
    public String toJson() {
        var json = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", getMessage());
        if (kind != null) {
            json.put("kind", kind.name());
        }
        return json.encode();
    }
}
