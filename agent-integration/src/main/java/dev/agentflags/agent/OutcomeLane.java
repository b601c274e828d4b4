package dev.agentflags.agent;

import dev.agentflags.agent.outcome.DeliveryCounts;
import dev.agentflags.agent.outcome.OutcomeListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries outcomes to one listener: bounded, in order, one at a time, never on the thread that reports them. Safe for
 * use by many threads.
 */
final class OutcomeLane {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeLane.class);

    private final OutcomeListener listener;
    private final Executor executor;
    private final BlockingQueue<Consumer<OutcomeListener>> queue;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean dropWarned = new AtomicBoolean();
    private final AtomicBoolean failureWarned = new AtomicBoolean();
    private volatile boolean closed;
    private volatile boolean overflowed;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();

    OutcomeLane(OutcomeListener listener, Executor executor, int capacity) {
        this.listener = listener;
        this.executor = executor;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /** Takes a report if there is room, and returns at once. Never throws. */
    void report(Consumer<OutcomeListener> report) {
        if (closed || !queue.offer(report)) {
            dropped.increment();
            if (!closed) {
                overflowed = true;
            }
            return;
        }
        drainElsewhere();
    }

    private void drainElsewhere() {
        if (draining.compareAndSet(false, true)) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                draining.set(false);
                drop();
            }
        }
    }

    private void drain() {
        try {
            for (var report = queue.poll(); report != null; report = queue.poll()) {
                deliver(report);
            }
        } finally {
            draining.set(false);
        }
        if (!queue.isEmpty()) {
            drainElsewhere();
        }
    }

    private void deliver(Consumer<OutcomeListener> report) {
        try {
            report.accept(listener);
            delivered.increment();
        } catch (Throwable e) {
            failed.increment();
            if (failureWarned.compareAndSet(false, true)) {
                LOG.warn(
                        "{} threw {}",
                        listener.getClass().getName(),
                        e.getClass().getName());
            }
        }
    }

    /** Warns once, if it has to. Neither a thread that answers calls this nor one that the listener may hold up. */
    void warnOfDrops() {
        if (overflowed && dropWarned.compareAndSet(false, true)) {
            LOG.warn("{} is too slow: outcomes are dropped", listener.getClass().getName());
        }
    }

    /** Takes no more reports. */
    void close() {
        closed = true;
    }

    /** Gives up on what is still waiting. */
    void drop() {
        for (var report = queue.poll(); report != null; report = queue.poll()) {
            dropped.increment();
        }
    }

    DeliveryCounts counts() {
        return new DeliveryCounts(delivered.sum(), dropped.sum(), failed.sum());
    }
}
