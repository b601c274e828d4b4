package dev.agentflags.guard;

/**
 * How sure a guard wants to be.
 *
 * @param kill α: the probability that a harmless rollout is ever called worse, over all its metrics, stages and looks
 * @param advance the probability, for each stage, that one is called safe that is just beyond the margin
 * @param minTreated how many treated outcomes or users a stage must have had before it may be called safe
 */
public record Levels(double kill, double advance, long minTreated) {

    /** 1 % and 5 %, with at least 30 treated. */
    public static final Levels DEFAULT = new Levels(0.01, 0.05, 30);

    public Levels {
        if (!(kill > 0 && kill < 1 && advance > 0 && advance < 1 && minTreated >= 0)) {
            throw new IllegalArgumentException("expected levels between 0 and 1 and a minimum of at least 0, found "
                    + kill + ", " + advance + " and " + minTreated);
        }
    }

    /** Returns the e-value from which on a rollout counts as worse. */
    public double killLimit() {
        return 1 / kill;
    }

    /** Returns the e-value from which on each metric counts as safe. */
    public double advanceLimit() {
        return 1 / advance;
    }
}
