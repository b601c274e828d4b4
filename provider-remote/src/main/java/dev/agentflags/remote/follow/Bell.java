package dev.agentflags.remote.follow;

import java.time.Duration;

/** Wakes one thread that waits. A ring while nobody waits is kept for the next wait. Safe for use by many threads. */
final class Bell {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private boolean rung;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /** Returns when the bell rings, or after this time. */
    synchronized void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (!rung && left > 0) {
            wait(left / NANOS_PER_MILLI, (int) (left % NANOS_PER_MILLI));
            left = end - System.nanoTime();
        }
        rung = false;
    }
}
