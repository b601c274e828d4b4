package dev.agentflags.server.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each source has come with a bad token of late. Remembers a bounded number of sources. Not safe for use by many
 * threads.
 */
final class Failures {

    static final int LIMIT = 20;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_SOURCES = 10_000;

    private final Map<String, Count> bySource = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    private record Count(long sinceNanos, int failures) {}

    /** Counts one more failure. Returns whether there were too many within a minute. */
    boolean add(String source, long nowNanos) {
        Count before = bySource.remove(source); // so that the one that is silent for longest is forgotten first
        Count now = before == null || nowNanos - before.sinceNanos() >= WINDOW.toNanos()
                ? new Count(nowNanos, 1)
                : new Count(before.sinceNanos(), before.failures() + 1);
        bySource.put(source, now);
        return now.failures() > LIMIT;
    }

    int sources() {
        return bySource.size();
    }
}
