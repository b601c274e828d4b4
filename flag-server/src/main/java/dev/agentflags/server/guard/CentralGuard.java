package dev.agentflags.server.guard;

import dev.agentflags.outcome.OutcomeBatch;
import dev.agentflags.rollout.Controller;
import dev.agentflags.rollout.GuardReport;
import dev.agentflags.rollout.GuardStore;
import dev.agentflags.rollout.GuardThread;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.StoreWorker;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The guard of a server, on a thread of its own. Safe for use by many threads, none of which waits. */
public final class CentralGuard implements AutoCloseable {

    private static final String ACTOR = "guard";

    private final GuardThread thread;

    /**
     * Makes a guard that is not started yet.
     *
     * @param store keeps what it knows over a restart; closed with the guard
     * @param worker changes the flags
     * @param current returns what is served
     */
    public CentralGuard(GuardStore store, StoreWorker worker, Supplier<Published> current, Clock clock) {
        thread = new GuardThread(
                "agentflags-server", new Controller(new WorkerAdmin(worker, current, ACTOR), store, clock));
    }

    /** Begins to guard. */
    public void start() {
        thread.start();
    }

    /** Another document is served. */
    public void tell(Published published) {
        thread.inForce(published.snapshot());
    }

    /**
     * Takes what a process reports; a batch that came before counts for nothing.
     *
     * @return false if it cannot be taken now, so that it should be sent again
     */
    public boolean take(OutcomeBatch batch) {
        return thread.report(batch);
    }

    /** Returns how each rollout stands, some time soon. */
    public CompletableFuture<List<GuardReport>> reports() {
        return thread.reports();
    }

    /** Writes down what is known, and stops within a second. */
    @Override
    public void close() {
        thread.close();
    }
}
