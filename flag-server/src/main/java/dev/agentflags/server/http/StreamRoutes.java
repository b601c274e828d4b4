package dev.agentflags.server.http;

import dev.agentflags.server.access.Right;
import dev.agentflags.server.stream.Subscribers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.random.RandomGenerator;

/** The stream of events. Only for the event loop. */
public final class StreamRoutes implements Routes {

    static final String PATH = "/ofrep/v1/sse";

    /** The parameter for a ticket, which stands for a token where a browser asks: it sends no header with a stream. */
    static final String TICKET = "ticket";

    private static final int MIN_RETRY_SECONDS = 5;
    private static final int MAX_RETRY_SECONDS = 30;

    private final Subscribers subscribers;
    private final Fleet fleet;
    private final RandomGenerator random;

    /**
     * Makes the routes.
     *
     * @param random spreads the attempts of those who found no room
     */
    public StreamRoutes(Subscribers subscribers, Fleet fleet, RandomGenerator random) {
        this.subscribers = subscribers;
        this.fleet = fleet;
        this.random = random;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(HttpMethod.GET, PATH, Right.LISTEN, this::subscribe));
    }

    private void subscribe(Call call) {
        if (!subscribers.hasRoom(call.caller().tokenId())) {
            throw Problem.retryAfter(
                    503,
                    random.nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1),
                    "too many streams are open; poll meanwhile");
        }
        call.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Accel-Buffering", "no");
        boolean reads = call.caller().may(Right.READ);
        if (reads) {
            fleet.connected(call);
        }
        call.onEnd(() -> subscribers.remove(call.response()));
        subscribers.add(call.response(), call.caller().tokenId(), reads);
    }
}
