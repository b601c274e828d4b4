package dev.agentflags.server.http;

import dev.agentflags.server.access.Right;
import dev.agentflags.server.metrics.Metrics;
import dev.agentflags.server.state.StoreHealth;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How the server is. What these say must not tell strangers anything: no keys, no names, no paths. Only for the event loop. */
public final class HealthRoutes implements Routes {

    private final StoreHealth health;
    private final BooleanSupplier ready;
    private final Metrics metrics;
    private final @Nullable Right rightToMetrics;
    private final LongSupplier nanoTime;

    /**
     * Makes the routes.
     *
     * @param ready whether requests should be sent here
     * @param openMetrics whether nobody needs a token to read the metrics
     */
    public HealthRoutes(
            StoreHealth health, BooleanSupplier ready, Metrics metrics, boolean openMetrics, LongSupplier nanoTime) {
        this.health = health;
        this.ready = ready;
        this.metrics = metrics;
        this.rightToMetrics = openMetrics ? null : Right.READ;
        this.nanoTime = nanoTime;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.show("/healthz", null, this::health),
                Endpoint.show("/readyz", null, this::readiness),
                Endpoint.show("/metrics", rightToMetrics, this::metrics));
    }

    /** The process is well as long as it answers: to restart it would not mend the store. */
    private void health(Call call) {
        String problem = problem();
        var json = new JsonObject().put("status", problem == null ? "ok" : "degraded");
        call.answer(problem == null ? json : json.put("problem", problem));
    }

    private @Nullable String problem() {
        if (!health.isAlive(nanoTime.getAsLong())) {
            return "the store does not answer; what was served before still is, and nothing can be changed";
        }
        return health.isRefused()
                ? "the document in the store is refused, see the log; what was served before still is"
                : null;
    }

    private void readiness(Call call) {
        if (!ready.getAsBoolean()) {
            throw Problem.of(503, "the server is stopping");
        }
        call.answer(new JsonObject().put("status", "ready"));
    }

    private void metrics(Call call) {
        call.answer("text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }
}
