package dev.agentflags.remote.follow;

import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after a failure: doubling, less a random part of up to a half, so that many clients do not come back all at once.
 *
 * <p>A failure that is likely to last is met with patience from the third in a row on; until then it may be one of several servers
 * that is wrong. Not safe for use by many threads.
 */
final class Backoff {

    private static final int IMPATIENT = 2;
    private static final int MAX_DOUBLINGS = 30;

    private final Timing timing;
    private final RandomGenerator random;

    private Duration first;
    private int passing;
    private int lasting;
    private int successes;
    private @Nullable Long healthySince;

    Backoff(Timing timing, RandomGenerator random) {
        this.timing = timing;
        this.random = random;
        this.first = timing.retry();
    }

    /** Sets what to start from, within what is reasonable. */
    void startFrom(Duration delay) {
        Duration most = timing.maxRetry();
        first = delay.compareTo(timing.retry()) < 0 ? timing.retry() : delay.compareTo(most) > 0 ? most : delay;
    }

    /** An attempt has succeeded. */
    void succeeded(long now) {
        if (healthySince == null) {
            healthySince = now;
        }
        if (++successes >= 2 || lasting <= IMPATIENT) {
            lasting = 0;
        }
    }

    /** An attempt has failed, or what had succeeded has ended. Returns when to make the next. */
    Duration failed(long now, Failure failure) {
        if (healthySince != null && now - healthySince >= timing.healthy().toNanos()) {
            passing = 0;
            lasting = 0;
        }
        healthySince = null;
        successes = 0;
        Duration delay = failure.kind() == Kind.LASTING && ++lasting > IMPATIENT
                ? jittered(doubled(timing.lastingRetry(), lasting - IMPATIENT, timing.maxLastingRetry()))
                : jittered(doubled(first, ++passing, timing.maxRetry()));
        return longer(delay, failure.retryAfter());
    }

    private static Duration doubled(Duration first, int attempt, Duration most) {
        Duration delay = first.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        return delay.compareTo(most) < 0 ? delay : most;
    }

    private Duration jittered(Duration delay) {
        return delay.minusNanos((long) (delay.toNanos() * random.nextDouble() / 2));
    }

    private Duration longer(Duration delay, @Nullable Duration asked) {
        if (asked == null || asked.compareTo(delay) < 0) {
            return delay;
        }
        return asked.compareTo(timing.maxLastingRetry()) < 0 ? asked : timing.maxLastingRetry();
    }
}
