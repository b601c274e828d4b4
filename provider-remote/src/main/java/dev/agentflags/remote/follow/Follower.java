package dev.agentflags.remote.follow;

import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import dev.agentflags.source.FlagSource.Listener;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a source does, round by round: asks for the document when that is due, has it accepted or refused, and tells its listener when
 * the last one is no longer known to be the current one.
 *
 * <p>One thread calls {@link #round()} and is the only one that calls the listener. Another may tell what it hears of the stream.
 */
final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** What a request gets at least, however soon it is too late. */
    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    /** How long a pause is at most, so that the end of a sleep is noticed. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String address;
    private final Origin origin;
    private final Timing timing;
    private final Clocks clocks;
    private final Listener listener;
    private final @Nullable DocumentCache cache;
    private final String id;
    private final Schedule schedule;
    private final Freshness freshness;
    private final Sleep sleep;
    private final Refusals refusals = new Refusals();
    private final Bell bell = new Bell();
    private final long start;

    private @Nullable Streams streams;

    /** What is in force. */
    private @Nullable Held held;

    private byte @Nullable [] cached;
    private boolean cacheIsRead;
    private @Nullable String problem;
    private volatile boolean closed;

    /**
     * Makes one that has seen nothing yet.
     *
     * @param address of the document, for people
     * @param cache where the document is kept for the next start, or null
     */
    Follower(
            String address,
            Origin origin,
            Timing timing,
            Clocks clocks,
            RandomGenerator random,
            @Nullable DocumentCache cache,
            Listener listener) {
        this.address = address;
        this.origin = origin;
        this.timing = timing;
        this.clocks = clocks;
        this.listener = listener;
        this.cache = cache;
        this.id = Long.toHexString(random.nextLong());
        this.start = clocks.now();
        this.schedule = new Schedule(timing, random, start);
        this.freshness = new Freshness(timing, start);
        this.sleep = new Sleep(clocks, timing.staleAfter());
    }

    /** Says who listens to the stream that the server names. To be called before the first round. */
    void use(Streams streams) {
        this.streams = streams;
    }

    /** Does what is due. Returns how long nothing will be, unless something is heard of the stream. */
    Duration round() {
        loadCache();
        wake();
        tellIfOverdue();
        if (isDue()) {
            ask();
            tellIfOverdue();
        }
        return pause();
    }

    private void loadCache() {
        if (!cacheIsRead && cache != null) {
            cached = cache.load();
        }
        cacheIsRead = true;
    }

    /** After a sleep, or a long silence, nothing is as it was: the connection may be dead, and the server another. */
    private void wake() {
        boolean slept = sleep.isOver();
        synchronized (this) {
            long now = clocks.now();
            if (!slept && !(freshness.isOverdue(now) && !freshness.isStale())) {
                return;
            }
            schedule.woke(now);
        }
        if (streams != null) {
            streams.again();
        }
    }

    private synchronized boolean isDue() {
        return clocks.now() >= schedule.due();
    }

    private void ask() {
        Origin.Request request = begin();
        try {
            Answer answer = origin.fetch(request);
            if (!closed) {
                takeFromCache();
                take(request, answer);
            }
        } catch (RuntimeException | Error e) {
            failed(Failure.passing(e.getClass().getName()), false); // so that there is a next time
            throw e;
        }
    }

    private synchronized Origin.Request begin() {
        long now = clocks.now();
        boolean whole = schedule.begin(now);
        return new Origin.Request(whole || held == null ? null : held.etag(), client(), timeout(now));
    }

    /** With a document at hand there is no need to wait for long, and what is late for confirmation is as good as lost. */
    private Duration timeout(long now) {
        if (cached != null) {
            return timing.firstCall();
        }
        if (!freshness.isEverConfirmed() || freshness.isStale()) {
            return timing.call();
        }
        Duration left = Duration.ofNanos(freshness.untilOverdue(now));
        return shorter(timing.call(), left.compareTo(LAST_CALL) < 0 ? LAST_CALL : left);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Once the server has answered, or has not: what it says comes after this, and must not be older. */
    private void takeFromCache() {
        byte[] document = cached;
        cached = null;
        if (document != null) {
            String refusal = listener.deliver(document);
            if (refusal == null) {
                hold(Held.of(document, Sha256.hex(document), null));
            } else {
                LOG.warn("{}: the cached document is not used: {}", address, refusal);
            }
        }
    }

    private synchronized void hold(Held document) {
        held = document;
    }

    private void take(Origin.Request request, Answer answer) {
        if (answer instanceof Answer.Document document) {
            take(document);
        } else if (answer instanceof Answer.NotModified) {
            unchanged(request);
        } else if (answer instanceof Failure failure) {
            failed(failure, mayTell(failure));
        } else {
            throw new AssertionError("not a kind of answer: " + answer);
        }
    }

    private void unchanged(Origin.Request request) {
        if (request.etag() == null) {
            failed(Failure.passing("HTTP 304, although the document was asked for in any case"), false);
        } else {
            confirmed();
        }
    }

    private void take(Answer.Document document) {
        String hash = Sha256.hex(document.utf8());
        if (held != null && held.hash().equals(hash)) {
            hold(held.withEtag(document.etag()));
            confirmed();
        } else {
            deliver(document, hash);
        }
        if (streams != null) {
            streams.to(document.stream());
        }
    }

    private void deliver(Answer.Document document, String hash) {
        String known = refusals.reason(hash);
        String refusal = known == null ? listener.deliver(document.utf8()) : known;
        Held it = Held.of(document.utf8(), hash, document.etag());
        if (refusal == null) {
            accepted(it);
            if (cache != null) {
                cache.save(document.utf8());
            }
        } else {
            refusals.add(it, refusal);
            boolean isOnlyCached = held != null && !freshness.isEverConfirmed();
            failed(Failure.passing(refusal), refusals.areWorthTelling() || isOnlyCached || freshness.isStale());
        }
    }

    private void accepted(Held document) {
        if (held != null && !document.continues(held)) {
            LOG.warn("{}: the document is now another store's; it may be older than the one before", address);
        }
        hold(document);
        succeeded(true);
    }

    private void confirmed() {
        if (succeeded(false) && !closed) {
            listener.confirm();
        }
    }

    /** Returns whether what is in force is the current document. */
    private synchronized boolean succeeded(boolean isNew) {
        long now = clocks.now();
        refusals.clear();
        boolean current = schedule.succeeded(now, held == null ? null : held.revision());
        problem = current ? null : "a newer document was announced than is served";
        if (current || isNew) {
            freshness.confirm(now);
        }
        return current;
    }

    /** One failure is no reason to distrust a document that was confirmed a moment ago. */
    private boolean mayTell(Failure failure) {
        if (freshness.isEverConfirmed()) {
            return freshness.isStale();
        }
        return held != null
                || failure.kind() == Kind.LASTING
                || clocks.now() - start >= timing.firstDocument().toNanos();
    }

    private void failed(Failure failure, boolean tell) {
        synchronized (this) {
            schedule.failed(clocks.now(), failure);
            problem = failure.problem();
        }
        LOG.debug("{}: {}", address, failure.problem());
        if (tell) {
            tell(failure.problem());
        }
    }

    private void tell(String what) {
        if (!closed && isNews(what)) {
            listener.fail(address + ": " + what);
        }
    }

    private synchronized boolean isNews(String what) {
        return freshness.isNews(what);
    }

    private void tellIfOverdue() {
        if (isTimeToKill()) {
            String why = "not confirmed for %s, so every flag is killed until it is".formatted(timing.killAfter());
            isNews(why);
            listener.lapse(address + ": " + why);
        } else if (isOverdue()) {
            String why = "not confirmed for " + timing.staleAfter();
            String reason = problem;
            tell(reason == null ? why : why + ": " + reason);
            if (reason != null) {
                isNews(reason); // no longer
            }
        }
    }

    private synchronized boolean isTimeToKill() {
        return freshness.isTimeToKill(clocks.now());
    }

    private synchronized boolean isOverdue() {
        return freshness.isOverdue(clocks.now()) && !freshness.isStale();
    }

    private synchronized Duration pause() {
        long now = clocks.now();
        long next = Math.min(schedule.due() - now, freshness.untilOverdue(now));
        return shorter(Duration.ofNanos(Math.max(0, next)), LONGEST_PAUSE);
    }

    /** Waits, until something is heard of the stream. */
    void await(Duration pause) throws InterruptedException {
        bell.await(pause);
    }

    /** Returns who asks, as the header {@code Flags-Client} has it. */
    synchronized String client() {
        Long serial = held == null ? null : held.serial();
        Long rejected = refusals.serial();
        return "id=" + id
                + (serial == null ? "" : ";serial=" + serial)
                + ";state=" + (held == null ? "NOT_READY" : freshness.isStale() ? "STALE" : "READY")
                + (rejected == null ? "" : ";rejected=" + rejected);
    }

    /** The stream is there. */
    synchronized void opened() {
        schedule.opened(clocks.now());
        bell.ring();
    }

    /** The server has shown on the stream that it is alive. */
    synchronized void alive() {
        if (schedule.isInSync()) {
            freshness.prolong(clocks.now());
        }
    }

    /** The stream has told of a document. */
    synchronized void announced(Notice notice) {
        schedule.announced(
                clocks.now(), notice, held == null ? null : held.revision(), held == null ? null : held.etag());
        alive();
        bell.ring();
    }

    /** The stream is gone. */
    synchronized void ended() {
        schedule.ended(clocks.now());
        bell.ring();
    }

    /** Calls the listener no more. */
    void close() {
        closed = true;
        bell.ring();
    }
}
