package dev.agentflags.remote.follow;

import java.time.Duration;

/**
 * Notices that the machine has slept: the clock on the wall has gone on, the other has not. That clock may also have been set, so
 * this is a reason to ask, and not one to distrust. Not safe for use by many threads.
 */
final class Sleep {

    private final Clocks clocks;
    private final Duration atLeast;
    private long nanos;
    private long wallMillis;

    Sleep(Clocks clocks, Duration atLeast) {
        this.clocks = clocks;
        this.atLeast = atLeast;
        this.nanos = clocks.now();
        this.wallMillis = clocks.wallMillis().getAsLong();
    }

    /** Whether there was one since the last call. */
    boolean isOver() {
        long nowNanos = clocks.now();
        long nowWall = clocks.wallMillis().getAsLong();
        Duration missing = Duration.ofMillis(nowWall - wallMillis).minusNanos(nowNanos - nanos);
        nanos = nowNanos;
        wallMillis = nowWall;
        return missing.compareTo(atLeast) >= 0;
    }
}
