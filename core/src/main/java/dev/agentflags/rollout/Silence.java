package dev.agentflags.rollout;

import dev.agentflags.guard.UserOutcome;
import java.time.Duration;

/** How long nothing may come from a unit before it is counted. */
final class Silence {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int PART = 20;

    private Silence() {}

    /**
     * Returns how long: a twentieth of the stage's age, a second to {@link UserOutcome#MAX_SILENCE}. So what fails from the start is
     * seen within seconds, and a unit has a quarter of an hour for its next turn once there is time. The rule looks at the clock
     * only, as it must: neither at the arm nor at what was met.
     */
    static Duration allowed(Duration age) {
        Duration part = age.dividedBy(PART);
        if (part.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return part.compareTo(UserOutcome.MAX_SILENCE) > 0 ? UserOutcome.MAX_SILENCE : part;
    }
}
