package dev.agentflags.guard;

/**
 * How many extra bad outcomes a rollout may cost, as a part of <em>all</em> traffic, and what that allows in each stage.
 *
 * @param points 0.01 is one extra bad outcome in a hundred
 */
public record HarmBudget(double points) {

    /** One percentage point of all traffic. */
    public static final HarmBudget DEFAULT = new HarmBudget(0.01);

    private static final double NARROWEST = 0.005;
    private static final double WIDEST = 0.10;

    public HarmBudget {
        if (!(points > 0 && points < 1)) {
            throw new IllegalArgumentException("expected a budget between 0 and 1, found " + points);
        }
    }

    /**
     * Returns the margin within which the treatment must be shown to be before it may meet more traffic: the budget over the
     * next stage's share, 0.5 to 10 percentage points. With 1 point: 10 before 5 %, 4 before 25 %, 2 before 50 %, 1 before 100 %.
     *
     * @param nextShare of the stage to be entered, above 0 and at most 1
     */
    public Margin marginBefore(double nextShare) {
        return Margin.ofPoints(Math.min(WIDEST, Math.max(NARROWEST, points / nextShare)));
    }
}
