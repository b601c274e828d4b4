package dev.agentflags.remote.follow;

import dev.agentflags.model.Revision;
import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to ask for the document next, and whether to get it in any case. There is one request at a time; what happens meanwhile is
 * remembered. Times are in nanoseconds. Not safe for use by many threads.
 */
final class Schedule {

    private static final long NEVER = Long.MAX_VALUE;

    /** The greatest part by which a poll comes earlier or later. */
    private static final double JITTER = 0.2;

    private static final int MAX_DOUBLINGS = 20;

    private final Timing timing;
    private final RandomGenerator random;
    private final Backoff backoff;

    private long due;
    private long lastWhole;
    private boolean whole = true;
    private boolean askingWhole;

    private boolean streaming;
    private boolean hadStream;
    private boolean streamIsNew;

    /** A failure is being waited out, and nothing but time ends that. */
    private boolean resting;

    private boolean failing;

    /** Was told of, and is not yet there. */
    private @Nullable Notice wanted;

    private int told;
    private int toldWhenAsked;
    private long wantedSince;
    private int wantedTries;

    /** The document is the current one, and will be until the stream tells of another. */
    private boolean inSync;

    Schedule(Timing timing, RandomGenerator random, long now) {
        this.timing = timing;
        this.random = random;
        this.backoff = new Backoff(timing, random);
        this.due = now;
    }

    /** Returns when to ask next. */
    long due() {
        return due;
    }

    /** A request is about to be made. Returns whether to get the document in any case. */
    boolean begin(long now) {
        askingWhole = whole || now - lastWhole >= timing.whole().toNanos();
        whole = false;
        streamIsNew = false;
        toldWhenAsked = told;
        due = NEVER;
        return askingWhole;
    }

    /**
     * The request was answered well.
     *
     * @param have what is in force now
     * @return whether that is the current document, as far as anyone has told
     */
    boolean succeeded(long now, @Nullable Revision have) {
        backoff.succeeded(now);
        resting = false;
        failing = false;
        lastWhole = askingWhole ? now : lastWhole;
        if (wanted != null && isServed(wanted, have)) {
            wanted = null;
        }
        inSync = wanted == null && !streamIsNew;
        askIn(now, wanted == null ? interval() : catchUp(now));
        return wanted == null;
    }

    private boolean isServed(Notice notice, @Nullable Revision have) {
        boolean comparable = notice.serial() != null && have != null;
        return notice.isServedBy(have) && (comparable || told == toldWhenAsked);
    }

    private Duration interval() {
        return streaming ? timing.safetyPoll() : jittered(timing.poll());
    }

    private Duration jittered(Duration interval) {
        return Duration.ofNanos((long) (interval.toNanos() * (1 + JITTER * (2 * random.nextDouble() - 1))));
    }

    private Duration catchUp(long now) {
        Duration step = timing.catchUp().multipliedBy(1L << Math.min(wantedTries++, MAX_DOUBLINGS));
        boolean inTime =
                now - wantedSince + step.toNanos() <= timing.catchUpFor().toNanos();
        return inTime ? step : jittered(timing.poll());
    }

    /** The request came to nothing. */
    void failed(long now, Failure failure) {
        whole |= askingWhole;
        failing = true;
        inSync = false;
        Duration delay = backoff.failed(now, failure);
        resting = failure.kind() != Kind.PASSING || failure.retryAfter() != null;
        due = now + delay.toNanos();
    }

    /**
     * The stream tells of a document.
     *
     * @param have what is in force now
     * @param etag of what is in force now
     */
    void announced(long now, Notice notice, @Nullable Revision have, @Nullable String etag) {
        if (notice.isOf(have, etag)) {
            wanted = null;
            return;
        }
        wanted = notice;
        told++;
        wantedSince = now;
        wantedTries = 0;
        inSync = false;
        if (!failing) {
            askIn(now, Duration.ofNanos((long) (notice.maxDelay().toNanos() * random.nextDouble())));
        }
    }

    /** The stream is there. What was missed meanwhile is asked for, whatever the document's ETag. */
    void opened(long now) {
        whole |= hadStream;
        hadStream = true;
        streaming = true;
        streamIsNew = true;
        inSync = false;
        if (!resting) {
            due = now;
        }
    }

    /** The stream is gone. */
    void ended(long now) {
        streaming = false;
        inSync = false;
        if (!failing) {
            askIn(now, jittered(timing.poll()));
        }
    }

    /** This process may have been asleep. */
    void woke(long now) {
        whole = true;
        inSync = false;
        if (!resting) {
            due = now;
        }
    }

    /** Whether the document in force is the current one for as long as the stream lives. */
    boolean isInSync() {
        return inSync;
    }

    private void askIn(long now, Duration delay) {
        due = Math.min(due, now + delay.toNanos());
    }
}
