package dev.agentflags.outcome;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A daemon thread that does the same thing again and again, with pauses, until it is closed. Safe for use by many threads. */
public final class Rounds implements AutoCloseable {

    private final String name;
    private final Duration pause;
    private final Duration closeTimeout;
    private final Runnable round;
    private final Runnable last;
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * Makes one that is not started yet.
     *
     * @param name of the thread
     * @param pause between two rounds
     * @param closeTimeout how long closing waits for the end
     * @param round must not throw
     * @param last what is done instead at the end, by the same thread
     */
    public Rounds(String name, Duration pause, Duration closeTimeout, Runnable round, Runnable last) {
        this.name = name;
        this.pause = pause;
        this.closeTimeout = closeTimeout;
        this.round = round;
        this.last = last;
    }

    /** Begins. Starting twice, or after it was closed, is harmless. */
    public synchronized void start() {
        if (thread == null && !closed) {
            thread = new Thread(this::run, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            round.run();
            LockSupport.parkNanos(this, pause.toNanos());
        }
        last.run();
    }

    /** Whether there ever was a thread. */
    public synchronized boolean isStarted() {
        return thread != null;
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends, and interrupts what takes too long. Does nothing more if it was never started. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running != null && running != Thread.currentThread()) {
            LockSupport.unpark(running);
            join(running, closeTimeout);
            running.interrupt();
        }
    }

    /** Waits for the end. */
    public void join(Duration atMost) {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null && running != Thread.currentThread()) {
            join(running, atMost);
        }
    }

    private static void join(Thread running, Duration atMost) {
        try {
            running.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
