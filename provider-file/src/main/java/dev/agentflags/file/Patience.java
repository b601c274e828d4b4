package dev.agentflags.file;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a problem is worth telling. A file that is edited in place is bad for a moment, which is not; one that stays bad
 * is told of once. Not safe for use by many threads.
 */
final class Patience {

    /** How long a file may be bad before anyone is told. */
    static final Duration LIMIT = Duration.ofMillis(100);

    private @Nullable String seen;
    private @Nullable String told;
    private long sinceNanos;

    /** Forgets all problems: the file is good. */
    void restore() {
        seen = null;
        told = null;
    }

    /** Whether this problem was told of already, so that there is nothing to be quick about. */
    boolean hasTold(String problem) {
        return problem.equals(told);
    }

    /**
     * Whether it is time to tell of a problem. The first is told when the file has been bad for {@link #LIMIT}, another one after
     * it when it has stayed the same for as long.
     *
     * @param nowNanos {@link System#nanoTime()}
     */
    boolean isTimeToTell(String problem, long nowNanos) {
        if (seen == null || (told != null && !problem.equals(seen))) {
            sinceNanos = nowNanos;
        }
        seen = problem;
        if (hasTold(problem) || nowNanos - sinceNanos < LIMIT.toNanos()) {
            return false;
        }
        told = problem;
        return true;
    }
}
