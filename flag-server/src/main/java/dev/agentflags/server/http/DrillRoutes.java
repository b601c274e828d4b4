package dev.agentflags.server.http;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.server.access.Right;
import dev.agentflags.server.metrics.Metrics;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.StoreWorker;
import dev.agentflags.server.stream.Subscribers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that a kill would reach every provider now, without killing anything: all are told that there is something to fetch, as
 * they would be told of a kill, and whoever fetches has shown that it would have got it. What came of it is written into the audit
 * trail, which shows that the store takes changes. Only for the event loop.
 */
public final class DrillRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(DrillRoutes.class);
    private static final long SMALL = 64 * 1024;

    private final Subscribers subscribers;
    private final Fleet fleet;
    private final StoreWorker worker;
    private final Supplier<Published> current;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration patience;
    private @Nullable Drill running;

    /** The last drill that ended, for whichever thread reads the metrics. */
    private volatile @Nullable Report last;

    private volatile @Nullable Instant lastSuccess;

    /**
     * What a drill came to.
     *
     * @param confirmed how many providers have fetched and have what is served
     * @param missing how many have not
     * @param slowest how long the last of those that confirmed took
     * @param stored whether it could be written into the audit trail
     */
    private record Report(Instant at, int confirmed, int missing, Duration slowest, boolean stored) {

        boolean isOk() {
            return missing == 0 && stored;
        }

        Report notStored() {
            return new Report(at, confirmed, missing, slowest, false);
        }
    }

    /** A drill that runs. */
    private static final class Drill {
        final long begun;
        final Set<String> expected;
        final Map<String, Long> confirmed = new HashMap<>();
        final Promise<Drill> over = Promise.promise();

        Drill(long begun, Set<String> expected) {
            this.begun = begun;
            this.expected = new LinkedHashSet<>(expected);
        }
    }

    /**
     * Makes the routes.
     *
     * @param patience how long a provider may take
     */
    public DrillRoutes(
            Subscribers subscribers,
            Fleet fleet,
            StoreWorker worker,
            Supplier<Published> current,
            Clock clock,
            LongSupplier nanoTime,
            Duration patience) {
        this.subscribers = subscribers;
        this.fleet = fleet;
        this.worker = worker;
        this.current = current;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.patience = patience;
        fleet.onFetch(this::fetched);
    }

    /** Adds what the last drill came to; zero before the first. */
    public void measure(Metrics metrics) {
        metrics.gauge(
                "agentflags_drill_last_timestamp_seconds",
                "When the last drill ended",
                () -> last == null ? 0 : Objects.requireNonNull(last).at().getEpochSecond());
        metrics.gauge(
                "agentflags_drill_last_success_timestamp_seconds",
                "When the last drill ended in which every provider confirmed and the store could be written",
                () -> lastSuccess == null
                        ? 0
                        : Objects.requireNonNull(lastSuccess).getEpochSecond());
        metrics.gauge(
                "agentflags_drill_last_confirmed",
                "Providers that confirmed in the last drill",
                () -> last == null ? 0 : Objects.requireNonNull(last).confirmed());
        metrics.gauge(
                "agentflags_drill_last_missing",
                "Providers that did not confirm in the last drill",
                () -> last == null ? 0 : Objects.requireNonNull(last).missing());
        metrics.gauge(
                "agentflags_drill_last_stored",
                "Whether the store could be written in the last drill",
                () -> last != null && Objects.requireNonNull(last).stored() ? 1 : 0);
        metrics.gauge(
                "agentflags_drill_last_slowest_seconds",
                "How long the slowest provider that confirmed took in the last drill",
                () -> last == null ? 0 : Objects.requireNonNull(last).slowest().toNanos() / 1e9);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(HttpMethod.POST, "/admin/v1/drill", Right.KILL, this::drill));
    }

    private void drill(Call call) {
        call.answerWith(
                call.json(SMALL)
                        .compose(body -> {
                            if (running != null) {
                                throw Problem.of(409, "a drill is running already");
                            }
                            return begin(call).over.future();
                        })
                        .compose(drill -> recorded(call, drill)),
                ended -> answer(call, ended));
    }

    private Drill begin(Call call) {
        var drill = new Drill(nanoTime.getAsLong(), fleet.listening());
        running = drill;
        subscribers.drill(current.get());
        call.context().vertx().setTimer(patience.toMillis(), late -> end(drill));
        endIfComplete(drill);
        return drill;
    }

    /** A provider has asked for the document, and says what it has. */
    private void fetched(String provider) {
        Drill drill = running;
        if (drill != null && drill.expected.contains(provider)) {
            drill.confirmed.putIfAbsent(provider, nanoTime.getAsLong() - drill.begun);
            endIfComplete(drill);
        }
    }

    private void endIfComplete(Drill drill) {
        if (drill.confirmed.keySet().containsAll(drill.expected)) {
            end(drill);
        }
    }

    private void end(Drill drill) {
        if (running == drill) {
            running = null;
            drill.over.complete(drill);
        }
    }

    /**
     * A drill that has ended.
     *
     * @param behind the providers that did not come, or do not have what is served
     */
    private record Ended(Drill drill, List<String> behind, Report report) {}

    private Future<Ended> recorded(Call call, Drill drill) {
        Long serial = current.get().serial();
        List<String> behind = new ArrayList<>(drill.expected);
        behind.removeIf(provider -> drill.confirmed.containsKey(provider) && !fleet.isBehind(provider, serial));
        Duration slowest = Duration.ofNanos(drill.confirmed.values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0));
        var report = new Report(clock.instant(), drill.expected.size() - behind.size(), behind.size(), slowest, true);
        return Future.fromCompletionStage(
                        worker.recorded(entry(call, report)),
                        call.context().vertx().getOrCreateContext())
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .map(entry -> new Ended(drill, behind, report))
                .otherwise(e -> {
                    LOG.warn("a drill could not be written into the audit trail: {}", e.getMessage());
                    return new Ended(drill, behind, report.notStored());
                });
    }

    private void answer(Call call, Ended ended) {
        Report report = ended.report();
        last = report;
        lastSuccess = report.isOk() ? report.at() : lastSuccess;
        call.answer(new JsonObject()
                .put("ok", report.isOk())
                .put("serial", current.get().serial())
                .put("streams", subscribers.size())
                .put("providers", ended.drill().expected.size())
                .put("confirmed", report.confirmed())
                .put(
                        "slowest_ms",
                        TimeUnit.NANOSECONDS.toMicros(report.slowest().toNanos()) / 1000.0)
                .put("stored", report.stored())
                .put(
                        "behind",
                        new JsonArray(
                                ended.behind().stream().map(fleet::describe).toList())));
    }

    private static AuditEntry entry(Call call, Report report) {
        String reason = "%d of %d providers confirmed, the slowest after %d ms"
                .formatted(
                        report.confirmed(),
                        report.confirmed() + report.missing(),
                        report.slowest().toMillis());
        return new AuditEntry(
                report.at().truncatedTo(ChronoUnit.MILLIS),
                call.caller().name(),
                "drill",
                null,
                reason,
                null,
                null,
                null);
    }
}
