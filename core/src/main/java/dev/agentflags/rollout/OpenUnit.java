package dev.agentflags.rollout;

import dev.agentflags.guard.UserOutcome;
import java.time.Instant;

/** What one unit has met of one metric, as long as it may meet more. Not safe for use by many threads. */
final class OpenUnit {

    private UserOutcome outcome = UserOutcome.NONE;
    private double sum;
    private Instant last = Instant.EPOCH;

    /** Adds one value: 0 or 1 of a share, any of an amount. */
    void add(double value, Instant now) {
        outcome = outcome.with(value == 1);
        sum += value;
        last = now;
    }

    boolean isFull() {
        return outcome.seen() == UserOutcome.MAX_SEEN;
    }

    UserOutcome outcome() {
        return outcome;
    }

    /** Returns the mean of all values; infinite if one of them was. */
    double mean() {
        return sum / outcome.seen();
    }

    /** Returns when the last value came. */
    Instant last() {
        return last;
    }
}
