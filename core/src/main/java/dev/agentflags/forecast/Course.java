package dev.agentflags.forecast;

import java.util.List;

/**
 * How one simulated rollout went.
 *
 * @param end how it ended
 * @param outcomes after how many outcomes of both arms
 * @param treated how many of them met the new behaviour
 * @param stages those that it came to, in order
 */
public record Course(End end, long outcomes, long treated, List<Visit> stages) {

    public Course {
        stages = List.copyOf(stages);
    }

    /** How a rollout ends. */
    public enum End {
        /** Every stage was found to be safe. */
        DONE,
        /** The guard stopped it. */
        STOPPED,
        /** Neither, within the horizon. */
        UNDECIDED
    }

    /**
     * A stage that a rollout came to.
     *
     * @param outcomes how long it stayed there
     * @param treated how many of the outcomes met the new behaviour
     * @param treatedUntilSafe how many had, when there first was evidence that it is safe to go on; infinite if there never was
     */
    public record Visit(long outcomes, long treated, double treatedUntilSafe) {}
}
