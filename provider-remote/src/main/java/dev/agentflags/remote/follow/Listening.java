package dev.agentflags.remote.follow;

import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the stream that tells of changes, opens it again whenever it ends, and looks from time to time for one that is not
 * there. Has a thread of its own from the first stream on. Safe for use by many threads.
 */
final class Listening implements Streams, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final Origin origin;
    private final Timing timing;
    private final Clocks clocks;
    private final Backoff backoff;
    private final Follower follower;
    private final Consumer<Runnable> starter;
    private final Bell bell = new Bell();

    private @Nullable URI stream;
    private boolean started;
    private volatile boolean closed;

    /**
     * Makes one that has nothing to listen to yet.
     *
     * @param starter runs what it is given on a new thread
     */
    Listening(
            Origin origin,
            Timing timing,
            Clocks clocks,
            RandomGenerator random,
            Follower follower,
            Consumer<Runnable> starter) {
        this.origin = origin;
        this.timing = timing;
        this.clocks = clocks;
        this.backoff = new Backoff(timing, random);
        this.follower = follower;
        this.starter = starter;
    }

    @Override
    public synchronized void to(@Nullable URI stream) {
        if (closed || Objects.equals(stream, this.stream)) {
            return;
        }
        this.stream = stream;
        if (!started) {
            started = true;
            starter.accept(this::run);
        } else {
            origin.hangUp();
            bell.ring();
        }
    }

    @Override
    public void again() {
        origin.hangUp();
    }

    private void run() {
        while (!closed) {
            try {
                bell.await(round());
            } catch (InterruptedException e) {
                LOG.debug("interrupted, which only matters once this is closed", e);
            }
        }
    }

    /** Whatever goes wrong, this thread must live: the next event may be a kill. Returns how long to wait. */
    private Duration round() {
        try {
            URI at = stream();
            return at == null ? timing.streamRetry() : listen(at);
        } catch (RuntimeException | Error e) {
            LOG.warn("the stream of changes failed for a reason that nobody expected", e);
            return timing.maxRetry();
        }
    }

    private synchronized @Nullable URI stream() {
        return stream;
    }

    private Duration listen(URI at) {
        Failure end;
        try {
            end = origin.listen(at, follower.client(), new Ear());
        } finally {
            follower.ended();
        }
        LOG.debug("the stream of changes has ended: {}", end.problem());
        return end.kind() == Kind.UNSUPPORTED ? timing.streamRetry() : backoff.failed(clocks.now(), end);
    }

    /** Passes on what is heard. */
    private final class Ear implements Origin.Hearing {

        @Override
        public void opened() {
            backoff.succeeded(clocks.now());
            follower.opened();
        }

        @Override
        public void alive() {
            follower.alive();
        }

        @Override
        public void announced(Notice notice) {
            follower.announced(notice);
        }

        @Override
        public void retry(Duration delay) {
            backoff.startFrom(delay);
        }
    }

    @Override
    public void close() {
        closed = true;
        bell.ring();
    }
}
