package dev.agentflags.server.guard;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.admin.Stored;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.StoreWorker;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes flags by way of the thread that owns the store, and waits for it. Safe for use by many threads, but for the event loop. */
final class WorkerAdmin implements FlagAdmin {

    private static final long TIMEOUT_SECONDS = 15;

    private final StoreWorker worker;
    private final Supplier<Published> current;
    private final String actor;

    /**
     * Makes an admin.
     *
     * @param current returns what is served
     * @param actor who is written into the audit trail
     */
    WorkerAdmin(StoreWorker worker, Supplier<Published> current, String actor) {
        this.worker = worker;
        this.current = current;
        this.actor = actor;
    }

    @Override
    public Outcome apply(Operation operation, @Nullable String ifVersion) throws AdminException {
        return await(worker.apply(operation, ifVersion == null ? null : Set.of(ifVersion), actor))
                .outcome();
    }

    @Override
    public Stored document() {
        Published published = current.get();
        return new Stored(published.text(), published.etag());
    }

    @Override
    public List<AuditEntry> audit() throws AdminException {
        return await(worker.audit());
    }

    private static <T> T await(CompletableFuture<T> result) throws AdminException {
        try {
            return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AdminException refused) {
                throw refused;
            }
            throw new AdminException(Kind.UNAVAILABLE, "the store failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new AdminException(Kind.UNAVAILABLE, "the store does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(Kind.UNAVAILABLE, "interrupted", e);
        }
    }
}
