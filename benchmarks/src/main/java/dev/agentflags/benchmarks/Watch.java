package dev.agentflags.benchmarks;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Says on standard error every ten seconds how far a simulation has come. Safe for use by many threads. */
final class Watch {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final long start = System.nanoTime();
    private final AtomicLong said = new AtomicLong(start);
    private final AtomicLong runs = new AtomicLong();
    private volatile String section = "";

    /** Begins a section. */
    void enter(String name) {
        section = name;
        runs.set(0);
    }

    /** Counts a run that has ended. */
    void ran() {
        long done = runs.incrementAndGet();
        long now = System.nanoTime();
        long before = said.get();
        if (now - before > INTERVAL && said.compareAndSet(before, now)) {
            System.err.printf(Locale.ROOT, "%s: %,d runs, %,d s%n", section, done, seconds());
        }
    }

    /** Returns how many seconds have passed in all. */
    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }
}
