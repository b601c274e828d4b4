package dev.agentflags.server.store;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.model.Revision;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.state.Publisher;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads and changes the store, in the order in which it is asked. Safe for use by many threads, none of which
 * waits.
 */
public final class StoreWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWorker.class);

    /** What may wait besides kills; at some milliseconds each, a kill behind them is still done soon. */
    private static final int MAX_WAITING = 50;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private static final String SELF = "server";

    private final FlagStore store;
    private final Publisher publisher;
    private final Clock clock;
    private final ScheduledExecutorService thread = thread("agentflags-store");

    /** The audit trail grows for ever, so reading it must not hold up a kill. */
    private final ScheduledExecutorService reader = thread("agentflags-audit");

    private final AtomicInteger waiting = new AtomicInteger();

    /** Starts a worker, which does nothing yet. */
    public StoreWorker(FlagStore store, Publisher publisher, Clock clock) {
        this.store = store;
        this.publisher = publisher;
        this.clock = clock;
    }

    private static ScheduledExecutorService thread(String name) {
        ThreadFactory factory = task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
        return Executors.newSingleThreadScheduledExecutor(factory);
    }

    /**
     * Publishes the document for the first time, and gives it a lineage and a serial if it has none. Waits until that is done.
     *
     * @throws IOException if there is none, or it must not be served
     */
    public Published open() throws IOException {
        try {
            return thread.submit(() -> {
                        new ServedStore(store, publisher, false).load();
                        adoptNow(null);
                        return publisher.current();
                    })
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof IOException known ? known : new IOException(cause.getMessage(), cause);
        }
    }

    /**
     * Does what an operation says, durably, and publishes what comes of it.
     *
     * @param ifMatch the ETags of which the document must have one, or null for whichever it has. A kill does not look at them
     * @param actor who is written into the audit trail
     * @return what came of it; fails with an {@link AdminException}. Completed by this worker's thread
     */
    public CompletableFuture<Applied> apply(Operation operation, @Nullable Set<String> ifMatch, String actor) {
        if (waiting.incrementAndGet() > MAX_WAITING && !operation.isKill()) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new AdminException(Kind.UNAVAILABLE, "too many changes are waiting for the store; try again"));
        }
        return on(thread, () -> {
                    Outcome outcome = applyNow(operation, ifMatch, actor);
                    return new Applied(outcome, outcome.changed() ? store.replicated() : null);
                })
                .whenComplete((applied, e) -> waiting.decrementAndGet());
    }

    private Outcome applyNow(Operation operation, @Nullable Set<String> ifMatch, String actor) throws AdminException {
        var served = new ServedStore(store, publisher, operation.isKill());
        var admin = new StoreAdmin(served, actor, clock, publisher.reader());
        return admin.apply(operation, operation.isKill() ? null : version(served, ifMatch));
    }

    private static @Nullable String version(ServedStore served, @Nullable Set<String> ifMatch) throws AdminException {
        String etag;
        try {
            etag = served.load().version();
        } catch (RefusedDocumentException e) {
            throw new AdminException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new AdminException(Kind.UNAVAILABLE, "the document cannot be read: " + e.getMessage(), e);
        }
        if (ifMatch == null) {
            return null;
        }
        if (!ifMatch.contains(etag)) {
            throw new AdminException(
                    Kind.CONFLICT,
                    "the document has changed: expected ETag %s, found %s; look at it again"
                            .formatted(String.join(" or ", ifMatch), etag));
        }
        return etag;
    }

    /** Returns the audit trail, oldest entry first; fails with an {@link AdminException}. */
    public CompletableFuture<List<AuditEntry>> audit() {
        return on(reader, () -> new StoreAdmin(store.documents(), SELF, clock).audit());
    }

    /** Looks whether the audit trail is whole; fails with an {@link AdminException}. */
    public CompletableFuture<AuditCheck> checkAudit() {
        return on(reader, () -> {
            try {
                return store.checkAudit();
            } catch (IOException e) {
                throw new AdminException(Kind.UNAVAILABLE, "the audit trail cannot be read: " + e.getMessage(), e);
            }
        });
    }

    /**
     * Adds an entry to the audit trail about something that changes nothing, durably.
     *
     * @return the entry; fails with an {@link AdminException}. Completed by this worker's thread
     */
    public CompletableFuture<AuditEntry> recorded(AuditEntry entry) {
        return on(thread, () -> {
            try {
                store.documents().record(entry);
                return entry;
            } catch (IOException e) {
                throw new AdminException(Kind.UNAVAILABLE, "the audit trail cannot be written: " + e.getMessage(), e);
            }
        });
    }

    /** Adds an entry to the audit trail about something that was not done, some time soon. */
    public void record(AuditEntry entry) {
        soon(() -> {
            try {
                store.documents().record(entry);
            } catch (IOException e) {
                LOG.warn("the audit trail cannot be written: {}", e.getMessage());
            }
        });
    }

    /**
     * Gives a document that somebody has put in the store a lineage and a serial, some time soon, if it has none.
     *
     * @param after the revision before it
     */
    void adopt(@Nullable Revision after) {
        soon(() -> {
            try {
                adoptNow(after);
            } catch (AdminException e) {
                LOG.warn("the document has no serial, and cannot be given one: {}", e.getMessage());
            }
        });
    }

    private void adoptNow(@Nullable Revision after) throws AdminException {
        Revision own = publisher.current().revision();
        if (own != null && own.lineage() != null) {
            return;
        }
        var adopt = new Operation.Adopt(
                after, "served by a flag server, whose readers tell documents apart by their serials");
        Outcome outcome = applyNow(adopt, null, SELF);
        if (outcome.changed()) {
            LOG.info("{} had no lineage and serial, and was given them: serial {}", store.name(), outcome.serial());
        }
    }

    /** Does something again and again on this worker's thread, whatever it throws. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the thread
    public void every(Duration interval, Runnable chore) {
        thread.scheduleWithFixedDelay(
                () -> run(chore), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void soon(Runnable chore) {
        try {
            thread.execute(() -> run(chore));
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping", e);
        }
    }

    private static void run(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.warn("a chore failed for a reason that nobody expected", e);
        }
    }

    private static <T> CompletableFuture<T> on(ScheduledExecutorService thread, Callable<T> task) {
        var result = new CompletableFuture<T>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(task.call());
                } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new AdminException(Kind.UNAVAILABLE, "the server is stopping", e));
        }
        return result;
    }

    /** Ends what was begun, if that does not take longer than a second, and both threads. */
    @Override
    public void close() {
        thread.shutdown();
        reader.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the store has not answered for a second; a change that was begun may or may not be done");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
