package dev.agentflags.rollout;

import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeBatch;
import dev.agentflags.outcome.OutcomeSink;
import dev.agentflags.outcome.Rounds;
import dev.agentflags.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Controller} on one daemon thread: in a process of the application, or in a server for many of them. Safe for use by
 * many threads: those who report only put what they have into a bounded queue.
 */
public final class GuardThread implements OutcomeSink {

    private static final Logger LOG = LoggerFactory.getLogger(GuardThread.class);

    /** How many reports may wait; there is a look at them ten times a second. */
    private static final int CAPACITY = 65_536;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final String name;
    private final Controller controller;
    private final Rounds rounds;
    private final Queue<Consumer<Controller>> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private final AtomicReference<@Nullable Snapshot> news = new AtomicReference<>();

    /**
     * Makes a guard that is not started yet.
     *
     * @param name what the thread is named after
     * @param controller used, and closed, by that thread only
     */
    public GuardThread(String name, Controller controller) {
        this.name = name;
        this.controller = controller;
        this.rounds = new Rounds(name + "-guard", LOOK_EVERY, CLOSE_TIMEOUT, this::round, this::last);
    }

    @Override
    public void start() {
        rounds.start();
    }

    /** Whatever goes wrong, this thread must live: the next outcome may be the one to kill for. */
    void round() {
        try {
            Snapshot snapshot = news.getAndSet(null);
            if (snapshot != null) {
                controller.inForce(snapshot);
            }
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                waiting.decrementAndGet();
                run(task);
            }
            controller.tick();
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: the guard met something that nobody expected", name, e);
        }
    }

    private void last() {
        round();
        try {
            controller.close();
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: the guard could not be closed", name, e);
        }
    }

    private void run(Consumer<Controller> task) {
        try {
            task.accept(controller);
        } catch (RuntimeException e) {
            lost.increment();
            LOG.debug("{}: a report that cannot be read", name, e);
        }
    }

    @Override
    public void inForce(Snapshot snapshot) {
        news.set(snapshot);
    }

    @Override
    public void report(Supplier<List<Outcome>> outcomes) {
        if (!offer(guard -> guard.take(outcomes.get()))) {
            lost.increment();
        }
    }

    /**
     * Takes a batch of another process; one that came before counts for nothing.
     *
     * @return false if there is no room for it now, or somebody else guards, so that it should be sent again
     */
    public boolean report(OutcomeBatch batch) {
        return !controller.isBarred() && offer(guard -> guard.take(batch));
    }

    /** Returns how each rollout stands, some time soon; fails if this guard is closed. */
    public CompletableFuture<List<GuardReport>> reports() {
        var reports = new CompletableFuture<List<GuardReport>>();
        if (!offer(guard -> reports.complete(guard.reports()))) {
            reports.completeExceptionally(new IllegalStateException("the guard has no room for a question now"));
        }
        return reports;
    }

    private boolean offer(Consumer<Controller> task) {
        if (rounds.isClosed() || waiting.get() >= CAPACITY) {
            return false;
        }
        waiting.incrementAndGet();
        tasks.add(task);
        return true;
    }

    /** Returns how many reports were dropped, for want of room or since they could not be read. */
    public long lost() {
        return lost.sum();
    }

    /** Stops within a second; what is known is written down unless that takes longer. */
    @Override
    public void close() {
        rounds.close();
        if (!rounds.isStarted()) {
            controller.close();
        }
    }
}
