package dev.agentflags.guard;

import java.time.Duration;

/**
 * What one user (or session, or conversation) has met in one stage: the unit of a bet where users keep their arm and have
 * several outcomes.
 *
 * <p>Outcomes of one user are alike; counting them as independent makes false alarms many times as frequent as α. So a
 * user is closed once, by a rule that looks neither at the arm nor at whether outcomes were bad, and is bet on once, as a
 * whole. Immutable.
 *
 * @param seen outcomes, 0 to {@link #MAX_SEEN}
 * @param bad how many of them were bad
 */
public record UserOutcome(int seen, int bad) {

    /** A user with this many outcomes is closed; later ones in the same stage do not count. */
    public static final int MAX_SEEN = 10;

    /** A user from whom nothing came for this long is closed. */
    public static final Duration MAX_SILENCE = Duration.ofMinutes(15);

    /** How many kinds of closed users there are. */
    public static final int CATEGORIES = first(MAX_SEEN + 1);

    /** No outcome yet. */
    public static final UserOutcome NONE = new UserOutcome(0, 0);

    public UserOutcome {
        if (bad < 0 || bad > seen || seen > MAX_SEEN) {
            throw new IllegalArgumentException(
                    "expected 0 to " + MAX_SEEN + " outcomes and no more bad ones, found " + bad + " of " + seen);
        }
    }

    /** Returns this user with one more outcome. */
    public UserOutcome with(boolean badOutcome) {
        return new UserOutcome(seen + 1, badOutcome ? bad + 1 : bad);
    }

    /** Returns whether this user is to be closed and counted, {@code silence} after its last outcome. */
    public boolean isClosed(Duration silence) {
        return seen == MAX_SEEN || (seen > 0 && silence.compareTo(MAX_SILENCE) >= 0);
    }

    /**
     * Returns the category to count this user in, 0 to {@link #CATEGORIES} - 1: by the number of outcomes, then by the
     * number of bad ones.
     */
    public int category() {
        if (seen == 0) {
            throw new IllegalStateException("expected a user with an outcome");
        }
        return first(seen) + bad;
    }

    /** Returns the first category of users with this many outcomes. */
    private static int first(int seen) {
        return (seen - 1) * (seen + 2) / 2;
    }

    /** Returns every kind of closed user, at the index of its category. */
    static UserOutcome[] all() {
        var all = new UserOutcome[CATEGORIES];
        for (int seen = 1; seen <= MAX_SEEN; seen++) {
            for (int bad = 0; bad <= seen; bad++) {
                all[first(seen) + bad] = new UserOutcome(seen, bad);
            }
        }
        return all;
    }
}
