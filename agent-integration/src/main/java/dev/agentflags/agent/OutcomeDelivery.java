package dev.agentflags.agent;

import dev.agentflags.agent.outcome.DeliveryCounts;
import dev.agentflags.agent.outcome.OutcomeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Takes reports to every listener, away from the threads that answer. Safe for use by many threads. */
final class OutcomeDelivery implements AutoCloseable {

    /** How long {@link #close} waits for reports that are still to be delivered. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** How often it is looked whether a lane has lost reports. */
    private static final Duration LOOK_PERIOD = Duration.ofSeconds(10);

    private final ScheduledExecutorService scheduler;
    private final boolean ownsScheduler;
    private final List<OutcomeLane> lanes;
    private final List<Future<?>> repeated = new ArrayList<>();

    private OutcomeDelivery(
            ScheduledExecutorService scheduler, boolean ownsScheduler, List<OutcomeListener> listeners, int capacity) {
        this.scheduler = scheduler;
        this.ownsScheduler = ownsScheduler;
        this.lanes = listeners.stream()
                .map(listener -> new OutcomeLane(listener, scheduler, capacity))
                .toList();
        repeat(LOOK_PERIOD, this::warnOfDrops);
    }

    private void warnOfDrops() {
        lanes.forEach(OutcomeLane::warnOfDrops);
    }

    /** On threads of somebody else's, which are left running. */
    static OutcomeDelivery on(ScheduledExecutorService scheduler, List<OutcomeListener> listeners, int capacity) {
        return new OutcomeDelivery(scheduler, false, listeners, capacity);
    }

    /** On own daemon threads: one for each listener and one more, so that a slow listener holds up only itself. */
    static OutcomeDelivery onOwnThreads(String agent, List<OutcomeListener> listeners, int capacity) {
        var number = new AtomicInteger();
        ThreadFactory daemons = task -> {
            var thread = new Thread(task, "agentflags-" + agent + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return new OutcomeDelivery(
                new ScheduledThreadPoolExecutor(listeners.size() + 1, daemons), true, listeners, capacity);
    }

    /** Runs {@code task} now and then on these threads, until closed. */
    final synchronized void repeat(Duration period, Runnable task) {
        long nanos = Math.max(1, period.toNanos());
        repeated.add(scheduler.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS));
    }

    void report(Consumer<OutcomeListener> report) {
        for (OutcomeLane lane : lanes) {
            lane.report(report);
        }
    }

    DeliveryCounts counts() {
        var all = new DeliveryCounts(0, 0, 0);
        for (OutcomeLane lane : lanes) {
            all = all.plus(lane.counts());
        }
        return all;
    }

    @Override
    public synchronized void close() {
        repeated.forEach(task -> task.cancel(false));
        warnOfDrops();
        lanes.forEach(OutcomeLane::close);
        if (!ownsScheduler) {
            return;
        }
        scheduler.shutdown();
        try {
            if (!scheduler.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                scheduler.shutdownNow();
            }
        } catch (InterruptedException e) {
            scheduler.shutdownNow();
            Thread.currentThread().interrupt();
        }
        lanes.forEach(OutcomeLane::drop);
    }
}
