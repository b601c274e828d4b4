package dev.agentflags.remote.follow;

import dev.agentflags.source.FlagSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers a document that somebody else serves, whenever it has changed: as soon as the server says so, and where it does not, at an
 * interval. Has one thread that asks, and one that listens where there is a stream. Safe for use by many threads.
 */
public final class RemoteSource implements FlagSource {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteSource.class);

    /** How long closing waits for what is under way, such as a document that is being kept; then it is interrupted. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** How long it waits altogether: the resolution of a name cannot be interrupted. What comes of it is dropped. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(600);

    private static final Duration AFTER_THE_UNEXPECTED = Duration.ofSeconds(1);

    private final String name;
    private final String address;
    private final Origin origin;
    private final Timing timing;
    private final @Nullable DocumentCache cache;

    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Follower follower;
    private @Nullable Listening listening;
    private volatile boolean closed;

    /**
     * Makes a source.
     *
     * @param name of the provider, and the beginning of the threads' names
     * @param address of the document, for people
     * @param origin is closed with this source
     * @param cache where the document is kept for the next start, or null
     */
    public RemoteSource(String name, String address, Origin origin, Timing timing, @Nullable DocumentCache cache) {
        this.name = name;
        this.address = address;
        this.origin = origin;
        this.timing = timing;
        this.cache = cache;
    }

    @Override
    public synchronized void start(Listener listener) {
        if (closed || follower != null) {
            throw new IllegalStateException(name + (closed ? ": closed before" : ": started before"));
        }
        var random = new SplittableRandom();
        var clocks = Clocks.system();
        var asking = new Follower(address, origin, timing, clocks, random.split(), cache, listener);
        var hearing = new Listening(
                origin, timing, clocks, random.split(), asking, task -> run(task, name + "-remote-stream"));
        asking.use(hearing);
        follower = asking;
        listening = hearing;
        run(() -> follow(asking, listener), name + "-remote");
    }

    private synchronized void run(Runnable task, String threadName) {
        if (!closed) {
            var thread = new Thread(task, threadName);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void follow(Follower asking, Listener listener) {
        while (!closed) {
            try {
                asking.await(round(asking, listener));
            } catch (InterruptedException e) {
                LOG.debug("{}: interrupted, which only matters once it is closed", name, e);
            }
        }
    }

    /** Whatever goes wrong, memory running out included: the next document may be a kill, so this thread must live. */
    private Duration round(Follower asking, Listener listener) {
        try {
            return asking.round();
        } catch (RuntimeException | Error e) {
            tell(listener, e);
            return AFTER_THE_UNEXPECTED;
        }
    }

    private void tell(Listener listener, Throwable unexpected) {
        try {
            if (!closed) {
                LOG.warn("{}: {} cannot be had for a reason that nobody expected", name, address, unexpected);
                listener.fail(address + ": " + unexpected.getClass().getName());
            }
        } catch (RuntimeException | Error e) {
            LOG.debug("{}: nor can that be reported", name, e);
        }
    }

    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            running = new ArrayList<>(threads);
            running.remove(Thread.currentThread());
            if (follower != null && listening != null) {
                follower.close();
                listening.close();
            }
        }
        origin.close();
        long now = System.nanoTime();
        join(running, now + PATIENCE.toNanos());
        running.forEach(Thread::interrupt);
        join(running, now + CLOSE_TIMEOUT.toNanos());
    }

    private static void join(List<Thread> threads, long end) {
        try {
            for (Thread thread : threads) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                thread.join(Math.max(1, left.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
