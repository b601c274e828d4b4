package dev.agentflags.model;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a guard compares between those who have the new behaviour and those who do not. Immutable.
 *
 * @param name what is measured
 * @param margin how many times as high as without the rollout it may be: 1.25 is a quarter more; 1 or more, null unless set
 * @param marginPoints how many percentage points higher it may be, 0 or more and below 100, null unless set; only where it is a share
 * @param weight its share of the guard's alpha, relative to the other metrics'; above 0
 * @param action what happens on evidence that it is worse
 */
public record GuardMetric(
        Name name, @Nullable Double margin, @Nullable Double marginPoints, double weight, Action action) {

    /** Errors, killing on any evidence. */
    public static final GuardMetric ERROR = new GuardMetric(Name.ERROR, null, null, 1, Action.KILL);

    /** Whether a margin is set. Without one the guard chooses: nothing for a share to be stopped, the harm budget to go on. */
    public boolean hasMargin() {
        return margin != null || marginPoints != null;
    }

    /** What can be measured of a turn. More is worse, of each. */
    public enum Name {
        /** The share of turns that failed in a way that may be the configuration's. */
        ERROR,
        /** The share of turns of which somebody said that they were bad. */
        BAD_FEEDBACK,
        /** The share of turns in which the call of a tool failed. */
        TOOL_ERROR,
        /** How long an answer took, in milliseconds. */
        LATENCY,
        /** How many tokens a turn used, in and out. */
        TOKENS,
        /** What a turn cost, in any one currency. */
        COST;

        /** Whether it is an amount, and not a share of turns. */
        public boolean isAmount() {
            return switch (this) {
                case ERROR, BAD_FEEDBACK, TOOL_ERROR -> false;
                case LATENCY, TOKENS, COST -> true;
            };
        }
    }

    /** What a guard does, from the mildest. */
    public enum Action {
        /** Nothing changes, but the rollout does not go on by itself. */
        PAUSE,
        /** Back to the stage before. */
        ROLL_BACK,
        /** The kill switch. */
        KILL
    }
}
