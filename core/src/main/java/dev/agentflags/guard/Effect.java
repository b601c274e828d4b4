package dev.agentflags.guard;

/** A difference between the arms, as a strategy takes it to be. */
public sealed interface Effect {

    /** The arms do not differ. */
    record None() implements Effect {}

    /**
     * Bad outcomes have these rates.
     *
     * @param control 0 to 1
     * @param treatment 0 to 1
     */
    record Rates(double control, double treatment) implements Effect {}

    /**
     * All outcomes move towards the bad end, or away from it.
     *
     * @param strength how far, in standard deviations of a normal distribution; positive is worse
     */
    record Shift(double strength) implements Effect {}

    /**
     * A part of the treatment's outcomes move to the bad end.
     *
     * @param part of all outcomes, 0 to 1
     * @param category from which one on
     */
    record Tail(double part, int category) implements Effect {}

    /**
     * The means differ by more than the margin.
     *
     * @param stake what part of the capital is bet on it, 0 to 1; the optimum rises with the difference
     */
    record Means(double stake) implements Effect {}
}
