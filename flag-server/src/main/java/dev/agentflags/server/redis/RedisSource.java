package dev.agentflags.server.redis;

import dev.agentflags.source.FlagSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the document in Redis, as soon as the stream tells of a change, and looks at its version now and then in case it did
 * not. Safe for use by many threads.
 */
final class RedisSource implements FlagSource {

    /** How long the stream is listened to before the version is looked at. */
    static final int LOOK_EVERY_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(RedisSource.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

    private final String name;
    private final Link link;
    private final RedisStore store;
    private final RedisDocument document;
    private final Object calls = new Object();

    private @Nullable Thread thread;
    private volatile boolean closed;

    /** The id of the last audit entry that is known, or empty. */
    private String last = "";

    private @Nullable String accepted;
    private @Nullable String refused;

    /**
     * Makes a source.
     *
     * @param name the beginning of the thread's name
     * @param link cut when the source is closed; nobody else uses it
     * @param store reads over that link
     * @param document waits over that link
     */
    RedisSource(String name, Link link, RedisStore store, RedisDocument document) {
        this.name = name;
        this.link = link;
        this.store = store;
        this.document = document;
    }

    @Override
    public synchronized void start(Listener listener) {
        if (closed || thread != null) {
            throw new IllegalStateException(name + (closed ? ": closed before" : ": started before"));
        }
        thread = new Thread(() -> follow(listener), name + "-redis");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whatever goes wrong, this thread must live: the next document may be a kill. */
    private void follow(Listener listener) {
        while (!closed) {
            try {
                look(listener);
                listen(listener);
            } catch (IOException | RuntimeException | Error e) {
                tell(() -> listener.fail(Objects.requireNonNullElse(e.getMessage(), e.toString())));
                LOG.debug("{}: cannot look", name, e);
                pause();
            }
        }
    }

    private void look(Listener listener) throws IOException {
        Kept kept = store.current();
        last = kept.id();
        if (kept.version().equals(accepted)) {
            refused = null;
            tell(listener::confirm);
        } else if (!kept.version().equals(refused)) {
            tell(() -> deliver(listener, kept));
        }
    }

    private void deliver(Listener listener, Kept kept) {
        String problem = listener.deliver(kept.text().getBytes(StandardCharsets.UTF_8));
        accepted = problem == null ? kept.version() : accepted;
        refused = problem == null ? null : kept.version();
        if (problem != null && !closed) {
            listener.fail(problem);
        }
    }

    /** Returns when there is something to look at. */
    private void listen(Listener listener) throws IOException {
        String delivered = refused == null ? accepted : refused;
        while (!closed) {
            String id = document.await(last, LOOK_EVERY_MILLIS);
            if (!document.version().equals(delivered)) {
                return;
            }
            last = id == null ? last : id; // an entry that changed nothing
            if (refused == null) {
                tell(listener::confirm);
            }
        }
    }

    /** Never after the source was closed, and never while it is being closed by another thread. */
    private void tell(Runnable call) {
        synchronized (calls) {
            if (!closed) {
                call.run();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed, and the thread ends
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        link.close();
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
            join(running);
            synchronized (calls) {
                return; // the last call has ended
            }
        }
    }

    private static void join(Thread running) {
        try {
            running.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
