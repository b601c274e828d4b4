package dev.agentflags.server;

import dev.agentflags.rollout.GuardStore;
import dev.agentflags.server.access.Gate;
import dev.agentflags.server.access.TokenFile;
import dev.agentflags.server.alert.AlertDesk;
import dev.agentflags.server.alert.AlertPolicy;
import dev.agentflags.server.guard.CentralGuard;
import dev.agentflags.server.guard.Unguarded;
import dev.agentflags.server.http.AdminRoutes;
import dev.agentflags.server.http.AlertRoutes;
import dev.agentflags.server.http.AuditRoutes;
import dev.agentflags.server.http.Deadlines;
import dev.agentflags.server.http.DocumentRoutes;
import dev.agentflags.server.http.DrillRoutes;
import dev.agentflags.server.http.Entrance;
import dev.agentflags.server.http.Fleet;
import dev.agentflags.server.http.GuardRoutes;
import dev.agentflags.server.http.HealthRoutes;
import dev.agentflags.server.http.OfrepRoutes;
import dev.agentflags.server.http.Refusals;
import dev.agentflags.server.http.Routes;
import dev.agentflags.server.http.Site;
import dev.agentflags.server.http.StreamRoutes;
import dev.agentflags.server.metrics.Metrics;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.state.Publisher;
import dev.agentflags.server.state.StoreHealth;
import dev.agentflags.server.store.Rehearsal;
import dev.agentflags.server.store.StoreFollower;
import dev.agentflags.server.store.StoreWorker;
import dev.agentflags.server.stream.Subscribers;
import dev.agentflags.source.FlagSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one document of flags to many providers, tells them of changes, and changes it. Safe for use by many threads.
 *
 * <pre>{@code
 * var store = FileFlagStore.of(Path.of("flags.json"));
 * try (var server = FlagServer.start(FlagServerOptions.builder(store).port(0).build())) {
 *     System.out.println(server.uri());
 * }
 * }</pre>
 */
public final class FlagServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlagServer.class);

    private static final Duration LOOK_AT_FILES = Duration.ofSeconds(1);

    /** A connection without a request is kept for a minute where a request may take ten seconds. */
    private static final int KEEP_ALIVE_FACTOR = 6;

    private static final long STOP_MS = 500;
    private static final long START_SECONDS = 20;

    private final FlagServerOptions options;
    private final Gate gate;
    private final AlertDesk alerts;
    private final Metrics metrics = new Metrics();
    private final StoreHealth health = new StoreHealth();
    private final Vertx vertx;
    private final Context loop;
    private final Publisher publisher;
    private final StoreWorker worker;
    private final Subscribers subscribers;
    private final FlagSource changes;
    private final @Nullable CentralGuard guard;
    private final Unguarded unguarded;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closing;
    private @Nullable Rehearsal rehearsal;
    private @Nullable Certificate certificate;
    private @Nullable HttpServer http;

    private FlagServer(FlagServerOptions options, Gate gate, AlertDesk alerts, @Nullable Certificate certificate) {
        this.options = options;
        this.gate = gate;
        this.alerts = alerts;
        this.certificate = certificate;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        loop = vertx.getOrCreateContext();
        publisher = new Publisher(options.clock, this::tell);
        worker = new StoreWorker(options.store, publisher, options.clock);
        subscribers = new Subscribers(options.maxStreams, options.maxStreamsPerToken, publisher::current, metrics);
        changes = options.store.changes();
        guard = guard(options);
        unguarded = new Unguarded(options.store.name());
    }

    private @Nullable CentralGuard guard(FlagServerOptions options) {
        GuardStore store = options.store.guardStore();
        return store == null ? null : new CentralGuard(store, worker, publisher::current, options.clock);
    }

    /**
     * Starts a server, and returns when it can be asked.
     *
     * @throws IllegalArgumentException if the options would let strangers in
     * @throws IOException if the document, the tokens, the certificate, or the port cannot be had
     */
    public static FlagServer start(FlagServerOptions options) throws IOException {
        requireSafe(options);
        var server = new FlagServer(options, gate(options), alerts(options), certificate(options));
        try {
            server.open();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void requireSafe(FlagServerOptions options) throws IOException {
        if (isLoopback(options)) {
            return;
        }
        if (options.tokens == null) {
            throw new IllegalArgumentException(
                    "without tokens everybody may do everything, so the address must be 127.0.0.1 or another of this machine only, found "
                            + options.host);
        }
        if (!options.hasTls() && !options.insecureHttp) {
            throw new IllegalArgumentException(
                    "without TLS tokens can be overheard, so the address must be 127.0.0.1 or another"
                            + " of this machine only, found " + options.host);
        }
    }

    private static boolean isLoopback(FlagServerOptions options) throws IOException {
        try {
            return InetAddress.getByName(options.host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IOException("there is no address " + options.host, e);
        }
    }

    private static Gate gate(FlagServerOptions options) throws IOException {
        if (options.tokens == null) {
            return Gate.open();
        }
        try {
            return Gate.of(TokenFile.of(options.tokens), options.clock, System::nanoTime);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file of tokens " + options.tokens, e);
        }
    }

    private static AlertDesk alerts(FlagServerOptions options) throws IOException {
        if (options.alerts == null) {
            return AlertDesk.closed();
        }
        try {
            return AlertDesk.of(options.alerts);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + e.getFile() + ", which the alerts need", e);
        }
    }

    private static @Nullable Certificate certificate(FlagServerOptions options) throws IOException {
        if (options.tlsCertificate == null || options.tlsKey == null) {
            return null;
        }
        return Certificate.read(options.tlsCertificate, options.tlsKey);
    }

    private void open() throws IOException {
        worker.open();
        health.good(System.nanoTime());
        await(onLoop(this::listen), "cannot listen at %s:%d".formatted(options.host, options.port));
        if (guard != null) {
            guard.start();
        }
        changes.start(new StoreFollower(options.store.name(), publisher, worker, health, System::nanoTime));
        worker.every(LOOK_AT_FILES, gate::reload);
        worker.every(LOOK_AT_FILES, alerts::reload);
        worker.every(LOOK_AT_FILES, this::reloadCertificate);
        vertx.setPeriodic(options.heartbeat.toMillis(), tick -> heartbeat());
        if (!options.rehearsal.isZero()) {
            rehearsal = new Rehearsal(publisher.current(), options.rehearsal, options.clock);
        }
    }

    private Future<HttpServer> listen() throws IOException {
        var fleet = new Fleet(options.clock);
        var refusals = new Refusals(worker, publisher::current, options.clock);
        var drill = new DrillRoutes(
                subscribers, fleet, worker, publisher::current, options.clock, System::nanoTime, options.drillPatience);
        List<Routes> groups = new ArrayList<>(List.of(
                new OfrepRoutes(publisher::current, gate, options.planAttribute),
                new AlertRoutes(
                        alerts, new AlertPolicy(System::nanoTime), worker, publisher::current, metrics, options.clock),
                drill,
                new DocumentRoutes(publisher::current, fleet),
                new StreamRoutes(subscribers, fleet, new Random()),
                new AdminRoutes(worker, subscribers, metrics),
                new AuditRoutes(worker, publisher::current, fleet),
                new HealthRoutes(health, () -> !closing, metrics, options.openMetrics, System::nanoTime)));
        if (guard != null) {
            groups.add(new GuardRoutes(guard));
        }
        measure(fleet);
        drill.measure(metrics);
        var deadlines =
                new Deadlines(vertx, options.requestTimeout, options.requestTimeout.multipliedBy(KEEP_ALIVE_FACTOR));
        var entrance = new Entrance(hosts(), options.allowedOrigins);
        var site = new Site(vertx, entrance, gate, refusals, metrics, deadlines, groups);
        return Listener.listen(vertx, options, certificate, site, deadlines).onSuccess(listening -> http = listening);
    }

    /** A page of another site must not reach a server on this machine by a name that its own resolver answers with 127.0.0.1. */
    private Set<String> hosts() throws IOException {
        Set<String> hosts = new HashSet<>(options.allowedHosts);
        if (isLoopback(options)) {
            hosts.addAll(List.of("localhost", "127.0.0.1", "::1", options.host));
        } else if (!hosts.isEmpty()) {
            hosts.add(options.host);
        }
        return hosts;
    }

    private void measure(Fleet fleet) {
        metrics.gauge(
                "agentflags_document_serial",
                "The serial of the document that is served",
                () -> Objects.requireNonNullElse(publisher.current().serial(), 0L));
        metrics.gauge("agentflags_streams", "Streams that are open", subscribers::size);
        metrics.gauge(
                "agentflags_store_up", "1 while the store answers", () -> health.isAlive(System.nanoTime()) ? 1 : 0);
        metrics.gauge(
                "agentflags_store_refused",
                "1 while the document in the store is refused and an older one is served",
                () -> health.isRefused() ? 1 : 0);
        metrics.gauge("agentflags_providers", "Providers heard of in the last quarter of an hour", fleet::size);
        metrics.gauge(
                "agentflags_providers_behind",
                "Providers that do not have the document that is served",
                () -> fleet.behind(publisher.current().serial()));
    }

    private void tell(Published published) {
        if (guard != null) {
            guard.tell(published);
        } else {
            unguarded.tell(published);
        }
        loop.runOnContext(now -> subscribers.tell(published));
    }

    /** A store that is dead may have been killed in: providers that hear nothing become stale, and say so. */
    private void heartbeat() {
        subscribers.endUnless(gate::counts);
        if (health.isAlive(System.nanoTime())) {
            subscribers.heartbeat();
        }
    }

    private void reloadCertificate() {
        Certificate before = certificate;
        HttpServer server = http;
        if (before == null || server == null) {
            return;
        }
        try {
            Certificate now = certificate(options);
            if (now == null || now.isSameAs(before)) {
                return;
            }
            certificate = now; // so that a bad one is warned of once
            server.updateSSLOptions(now.options())
                    .onSuccess(done -> LOG.info("the certificate is read again"))
                    .onFailure(
                            e -> LOG.warn("the new certificate cannot be used, the old one stays: {}", e.getMessage()));
        } catch (IOException e) {
            LOG.debug("the certificate cannot be read now", e);
        }
    }

    /** Something that begins on the event loop. */
    private interface Begun<T> {
        Future<T> run() throws IOException;
    }

    private <T> Future<T> onLoop(Begun<T> work) {
        return Future.future(promise -> loop.runOnContext(now -> {
            try {
                work.run().onComplete(promise);
            } catch (IOException | RuntimeException e) {
                promise.fail(e);
            }
        }));
    }

    private static <T> T await(Future<T> future, String failed) throws IOException {
        try {
            return future.await(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(failed + ": no answer", e);
        } catch (Exception e) { // whatever it was, checked or not
            throw new IOException(failed + ": " + e.getMessage(), e);
        }
    }

    /** Returns where it can be asked. */
    public URI uri() {
        int port = Objects.requireNonNull(http, "listening").actualPort();
        String host = options.host.contains(":") ? "[" + options.host + "]" : options.host;
        return URI.create((options.hasTls() ? "https" : "http") + "://" + host + ":" + port);
    }

    /** Returns what is served. */
    public Published published() {
        return publisher.current();
    }

    /** Whether nobody needs a token. */
    public boolean isOpen() {
        return gate.isOpen();
    }

    /** Returns how many streams are open. */
    public int streams() {
        return subscribers.size();
    }

    /** Waits until somebody has closed it. */
    public void join() throws InterruptedException {
        closed.await();
    }

    /**
     * Stops: no new requests, those that have begun are answered, streams end. Returns within two seconds, and leaves no threads.
     * Closing twice is harmless.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        if (rehearsal != null) {
            rehearsal.close();
        }
        changes.close();
        HttpServer server = http;
        if (server != null) {
            loop.runOnContext(now -> subscribers.close());
            quietly(server.shutdown(STOP_MS, TimeUnit.MILLISECONDS));
        }
        if (guard != null) {
            guard.close(); // before the worker, so that what it has begun is done
        }
        worker.close();
        quietly(vertx.close());
        metrics.close();
        closed.countDown();
    }

    private static void quietly(Future<Void> future) {
        try {
            future.await(2, TimeUnit.SECONDS);
        } catch (Exception e) { // whatever it was, checked or not
            LOG.debug("stopping", e);
        }
    }
}
