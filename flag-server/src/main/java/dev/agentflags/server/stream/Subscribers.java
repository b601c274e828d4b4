package dev.agentflags.server.stream;

import dev.agentflags.server.metrics.Metrics;
import dev.agentflags.server.state.Published;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Everybody who is told of changes. Only for the event loop. */
public final class Subscribers {

    private static final Buffer HEARTBEAT = Buffer.buffer(": hb\n\n");

    private final int maxOfAll;
    private final int maxOfToken;
    private final Supplier<Published> current;
    private final Metrics metrics;
    private final Map<HttpServerResponse, Subscriber> all = new LinkedHashMap<>();
    private final Map<String, Integer> byToken = new HashMap<>();
    private volatile int size;

    /**
     * Somebody who is told.
     *
     * @param response what they are told with
     * @param token the token's id
     * @param reads whether they may know more than that there is something new
     */
    private record Subscriber(HttpServerResponse response, String token, boolean reads) {}

    /**
     * Makes one without subscribers.
     *
     * @param maxOfAll how many there may be
     * @param maxOfToken how many of them with one token
     * @param current what is served
     */
    public Subscribers(int maxOfAll, int maxOfToken, Supplier<Published> current, Metrics metrics) {
        this.maxOfAll = maxOfAll;
        this.maxOfToken = maxOfToken;
        this.current = current;
        this.metrics = metrics;
    }

    /** Whether there is room for one more with this token. */
    public boolean hasRoom(String tokenId) {
        return size < maxOfAll && byToken.getOrDefault(tokenId, 0) < maxOfToken;
    }

    /**
     * Adds one, and tells it what is served. Whoever adds it removes it when its answer has ended.
     *
     * @param response whose head is ready to be sent
     * @param reads whether they may know more than that there is something new
     */
    public void add(HttpServerResponse response, String tokenId, boolean reads) {
        all.put(response, new Subscriber(response, tokenId, reads));
        byToken.merge(tokenId, 1, Integer::sum);
        size = all.size();
        response.write(reads ? Event.of(current.get()) : Event.bare());
    }

    /** Removes one, if it is there. */
    public void remove(HttpServerResponse response) {
        Subscriber subscriber = all.remove(response);
        if (subscriber != null) {
            byToken.computeIfPresent(subscriber.token(), (id, count) -> count == 1 ? null : count - 1);
            size = all.size();
        }
    }

    /** Tells everybody of a document. */
    public void tell(Published published) {
        send(Event.of(published), Event.bare());
    }

    /** Has everybody ask for the document, although it has not changed. */
    public void drill(Published published) {
        send(Event.drill(published, UUID.randomUUID().toString()), Event.bare());
    }

    /** Shows everybody that this server, and the store behind it, are there. */
    public void heartbeat() {
        send(HEARTBEAT, HEARTBEAT);
    }

    private void send(Buffer toReaders, Buffer toOthers) {
        for (Subscriber subscriber : new ArrayList<>(all.values())) {
            HttpServerResponse response = subscriber.response();
            if (response.writeQueueFull()) {
                metrics.cutOff("slow");
                remove(response);
                response.reset();
            } else {
                response.write(subscriber.reads() ? toReaders : toOthers);
            }
        }
    }

    /** Ends the streams whose token does not count any more. */
    public void endUnless(Predicate<String> counts) {
        for (Subscriber subscriber : new ArrayList<>(all.values())) {
            if (!counts.test(subscriber.token())) {
                metrics.cutOff("token");
                end(subscriber.response());
            }
        }
    }

    /** Ends all streams. */
    public void close() {
        new ArrayList<>(all.keySet()).forEach(this::end);
    }

    private void end(HttpServerResponse response) {
        remove(response);
        response.end();
    }

    /** Returns how many there are. For any thread. */
    public int size() {
        return size;
    }
}
