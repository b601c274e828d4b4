package dev.agentflags.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Closes connections on which a request does not come along: who sends a byte now and then is not let keep them. Only for the event
 * loop.
 */
public final class Deadlines {

    /** From the beginning of a connection until the end of its first request's head, and for each body. */
    private final Duration first;

    /** From the end of an answer until the end of the next request's head. */
    private final Duration next;

    private final Vertx vertx;
    private final Set<HttpConnection> open = new HashSet<>();
    private final Map<HttpConnection, Long> timers = new HashMap<>();

    public Deadlines(Vertx vertx, Duration first, Duration next) {
        this.vertx = vertx;
        this.first = first;
        this.next = next;
    }

    public void connected(HttpConnection connection) {
        open.add(connection);
        connection.closeHandler(closed -> {
            open.remove(connection);
            cancel(connection);
        });
        set(connection, first);
    }

    /** A request has begun: its head is there. */
    void begun(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        set(connection, first);
        request.endHandler(complete -> {
            if (!request.response().ended()) { // else the next request is waited for already
                cancel(connection);
            }
        });
    }

    /** An answer has ended. */
    void answered(HttpConnection connection) {
        if (open.contains(connection)) {
            set(connection, next);
        }
    }

    private void set(HttpConnection connection, Duration deadline) {
        cancel(connection);
        timers.put(connection, vertx.setTimer(deadline.toMillis(), late -> connection.close()));
    }

    private void cancel(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
