package dev.agentflags.remote.follow;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long ago the document in force was last known to be the current one, and who has been told what about that. Times are in
 * nanoseconds of a clock that cannot be set. Not safe for use by many threads.
 */
final class Freshness {

    /** Of different problems in one outage. Beyond it they are no news. */
    private static final int MAX_TOLD = 16;

    private final long staleAfter;
    private final @Nullable Long killAfter;

    private long confirmed;
    private boolean everConfirmed;
    private boolean killed;
    private final Set<String> told = new HashSet<>();

    Freshness(Timing timing, long now) {
        this.staleAfter = timing.staleAfter().toNanos();
        this.killAfter = timing.killAfter() == null ? null : timing.killAfter().toNanos();
        this.confirmed = now;
    }

    /** The document is the current one. */
    void confirm(long now) {
        confirmed = now;
        everConfirmed = true;
        killed = false;
        told.clear();
    }

    /** The server is alive, and would have told of a change. That is no news once it has been silent for too long. */
    void prolong(long now) {
        if (everConfirmed && !isOverdue(now)) {
            confirmed = now;
        }
    }

    boolean isEverConfirmed() {
        return everConfirmed;
    }

    /** Whether it has been too long. */
    boolean isOverdue(long now) {
        return now - confirmed >= staleAfter;
    }

    /** Whether it has been so long that every flag is to be killed; true once in an outage. */
    boolean isTimeToKill(long now) {
        boolean due = killAfter != null && !killed && now - confirmed >= killAfter;
        killed |= due;
        return due;
    }

    /** Whether a problem has been told of since the last confirmation. */
    boolean isStale() {
        return !told.isEmpty();
    }

    /** Whether this problem is news; it is not the next time. */
    boolean isNews(String problem) {
        return told.size() < MAX_TOLD && told.add(problem);
    }

    /** Returns how long until something is overdue that is not yet. */
    long untilOverdue(long now) {
        long next = isStale() ? Long.MAX_VALUE : confirmed + staleAfter;
        if (killAfter != null && !killed) {
            next = Math.min(next, confirmed + killAfter);
        }
        return Math.max(0, next - now);
    }
}
