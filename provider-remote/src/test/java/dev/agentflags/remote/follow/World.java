package dev.agentflags.remote.follow;

import dev.agentflags.source.FlagSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A follower, its server and the time, all in one thread: nothing happens but what a test says. */
final class World implements Origin, Streams {

    static final URI STREAM = URI.create("https://flags.example.com/ofrep/v1/sse");

    final AtomicLong nanos = new AtomicLong();
    final AtomicLong wallMillis = new AtomicLong(1_764_000_000_000L);
    final Clocks clocks = new Clocks(nanos::get, wallMillis::get);
    final List<Request> requests = new ArrayList<>();
    final List<Duration> times = new ArrayList<>();
    final Deque<Answer> answers = new ArrayDeque<>();
    final Follower follower;
    int reconnects;

    @Nullable
    URI stream;

    private Answer always = Answer.Failure.passing("nothing is served");
    private Runnable meanwhile = () -> {};

    World(Timing timing, FlagSource.Listener listener) {
        this(timing, listener, null, 1);
    }

    World(Timing timing, FlagSource.Listener listener, @Nullable DocumentCache cache, long seed) {
        follower = new Follower("here", this, timing, clocks, new SplittableRandom(seed), cache, listener);
        follower.use(this);
    }

    static Answer.Document document(String text, @Nullable String etag) {
        return new Answer.Document(text.getBytes(StandardCharsets.UTF_8), etag, STREAM);
    }

    /** Serves this from now on. */
    World serve(String text, @Nullable String etag) {
        return answer(document(text, etag));
    }

    /** Answers like this from now on; a document that is known by its ETag is not sent again. */
    World answer(Answer answer) {
        always = answer;
        return this;
    }

    /** Answers like this once, before anything else. */
    World once(Answer answer) {
        answers.add(answer);
        return this;
    }

    /** Does this while the next request is under way. */
    World meanwhile(Runnable action) {
        meanwhile = action;
        return this;
    }

    @Override
    public Answer fetch(Request request) {
        requests.add(request);
        times.add(Duration.ofNanos(nanos.get()));
        Runnable action = meanwhile;
        meanwhile = () -> {};
        action.run();
        Answer answer = answers.isEmpty() ? always : answers.remove();
        boolean isKnown = answer instanceof Answer.Document document
                && request.etag() != null
                && request.etag().equals(document.etag());
        return isKnown ? new Answer.NotModified() : answer;
    }

    /** Lets time pass, and the follower do what it does. */
    World run(Duration time) {
        long end = nanos.get() + time.toNanos();
        while (true) {
            Duration pause = follower.round();
            long next = nanos.get() + Math.max(pause.toNanos(), 1);
            if (next > end) {
                pass(Duration.ofNanos(end - nanos.get()));
                return this;
            }
            pass(Duration.ofNanos(next - nanos.get()));
        }
    }

    World run(int seconds) {
        return run(Duration.ofSeconds(seconds));
    }

    /** Lets time pass while the process stands still. */
    World pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wallMillis.addAndGet(time.toMillis());
        return this;
    }

    /** Lets time pass with a stream that shows every heartbeat, as it should. */
    World runWithHeartbeats(Duration time) {
        long end = nanos.get() + time.toNanos();
        while (nanos.get() < end) {
            follower.alive();
            run(Duration.ofSeconds(15));
        }
        return this;
    }

    @Override
    public Answer.Failure listen(URI uri, String client, Hearing hearing) {
        throw new AssertionError("a test listens itself");
    }

    @Override
    public void hangUp() {}

    @Override
    public void close() {}

    @Override
    public void to(@Nullable URI uri) {
        stream = uri;
    }

    @Override
    public void again() {
        reconnects++;
    }
}
