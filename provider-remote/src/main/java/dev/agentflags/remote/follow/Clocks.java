package dev.agentflags.remote.follow;

import java.util.function.LongSupplier;

/**
 * The time, from two clocks: one that cannot be set, by which everything is measured, and the one on the wall, which goes on while
 * the machine sleeps. Safe for use by many threads.
 *
 * @param nanos of the first
 * @param wallMillis of the second
 */
record Clocks(LongSupplier nanos, LongSupplier wallMillis) {

    static Clocks system() {
        long start = System.nanoTime();
        return new Clocks(() -> System.nanoTime() - start, System::currentTimeMillis);
    }

    long now() {
        return nanos.getAsLong();
    }
}
