package dev.agentflags.forecast;

import dev.agentflags.guard.Levels;
import dev.agentflags.guard.Margin;
import java.util.List;

/**
 * A rollout to be forecast. All times in it are numbers of outcomes, of both arms.
 *
 * @param rate of bad outcomes without the new behaviour, above 0 and below 1
 * @param levels how sure the guard wants to be
 * @param tolerance how much worse the new behaviour may be without being stopped
 * @param stages in which it is compared, in order; one at 100 % has nothing to compare with and is not among them
 * @param horizon after how many outcomes it no longer matters what happens, at least 1
 */
public record Scenario(double rate, Levels levels, Margin tolerance, List<Stage> stages, long horizon) {

    public Scenario {
        stages = List.copyOf(stages);
        if (!(rate > 0 && rate < 1) || stages.isEmpty() || horizon < 1) {
            throw new IllegalArgumentException("expected a rate between 0 and 1, a stage and a horizon, found " + rate
                    + ", " + stages.size() + " and " + horizon);
        }
    }

    /**
     * One stage.
     *
     * @param share of outcomes that meet the new behaviour, above 0 and below 1
     * @param minOutcomes how many outcomes it lasts at least
     * @param minTreated how many of them must be of the new behaviour at least
     * @param margin within which it must be shown to be before the stage is left
     */
    public record Stage(double share, long minOutcomes, long minTreated, Margin margin) {

        public Stage {
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException("expected a share between 0 and 1, found " + share);
            }
        }
    }

    /** Returns a rate that is so many times the baseline's, at most 1. */
    public double times(double factor) {
        return Math.min(1, rate * factor);
    }
}
