package dev.agentflags.openfeature;

import dev.openfeature.sdk.Awaitable;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Hands events to the SDK one by one, each after the one before has been dealt with, from a thread of its own.
 *
 * <p>The SDK itself keeps no order, forgets a state that was emitted while {@code initialize} ran, and may hold its lock for
 * long. So events wait here until {@code initialize} has returned and the SDK has had time to note it. Safe for use by many
 * threads.
 */
final class EventLane implements AutoCloseable {

    /** The SDK sets its own state after {@code initialize} has returned, and tells nobody; this is ample time for it. */
    static final Duration SETTLE = Duration.ofMillis(100);

    private final BiFunction<ProviderEvent, ProviderEventDetails, Awaitable> emitter;
    private final ScheduledExecutorService thread;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean open;
    private boolean closed;

    EventLane(String provider, BiFunction<ProviderEvent, ProviderEventDetails, Awaitable> emitter) {
        this.emitter = emitter;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            var made = new Thread(task, provider + "-events");
            made.setDaemon(true);
            return made;
        });
    }

    /** Emits an event after all that were emitted before; drops it if this lane is closed. */
    synchronized void emit(ProviderEvent event, ProviderEventDetails details) {
        if (closed) {
            return;
        }
        Runnable task = () -> emitter.apply(event, details).await();
        if (open) {
            thread.execute(task);
        } else {
            waiting.add(task);
        }
    }

    /** Lets the events go, {@link #SETTLE} from now. To be called when {@code initialize} is about to end. */
    synchronized void openSoon() {
        if (!closed && !open) {
            var unused = thread.schedule(this::open, SETTLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void open() {
        open = true;
        while (!closed && !waiting.isEmpty()) {
            thread.execute(waiting.remove());
        }
    }

    /** Drops what waits. What is being emitted is not waited for: the SDK may hold it up. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        thread.shutdownNow();
    }
}
