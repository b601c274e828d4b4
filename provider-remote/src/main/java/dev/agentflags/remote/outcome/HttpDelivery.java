package dev.agentflags.remote.outcome;

import dev.agentflags.outcome.OutcomeBatch;
import dev.agentflags.remote.http.Exchange;
import dev.agentflags.remote.http.HttpOptions;
import java.io.IOException;
import java.time.Duration;

/** Sends batches to {@code POST /v1/outcomes}. Safe for use by many threads. */
public final class HttpDelivery implements Delivery {

    private static final String PATH = "/v1/outcomes";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Exchange exchange;

    /** Makes the way to a server. */
    public HttpDelivery(HttpOptions options) {
        this.exchange = Exchange.repeatable(options, TIMEOUT);
    }

    @Override
    public Fate send(OutcomeBatch batch) {
        try {
            return fate(exchange.send("POST", PATH, batch.toJson(), null).status());
        } catch (IOException e) {
            return Fate.LATER;
        }
    }

    @Override
    public void close() {
        exchange.close();
    }

    private static Fate fate(int status) {
        return switch (status) {
            case 200, 202, 204 -> Fate.TAKEN;
            case 400, 413, 415, 422 -> Fate.REFUSED;
            case 404, 405, 501 -> Fate.NOBODY;
            default -> Fate.LATER;
        };
    }
}
