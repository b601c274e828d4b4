package dev.agentflags.guard;

/**
 * How much higher the treatment's rate may be than the control's: {@code ratio × control + points}.
 *
 * <p>The pairs of rates that a margin allows, and those that it does not, are both convex sets, which is what makes the
 * {@link Projection} onto their border a valid null hypothesis.
 *
 * @param ratio above 0; 1.25 is a quarter more
 * @param points -1 to 1, exclusive; 0.01 is one percentage point
 */
public record Margin(double ratio, double points) {

    /** No worse at all. */
    public static final Margin NONE = new Margin(1, 0);

    public Margin {
        if (!(ratio > 0 && ratio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a ratio above 0, found " + ratio);
        }
        if (!(points > -1 && points < 1)) {
            throw new IllegalArgumentException("expected points between -1 and 1, found " + points);
        }
    }

    /** Returns a margin of this many points: 0.01 is one percentage point. */
    public static Margin ofPoints(double points) {
        return new Margin(1, points);
    }

    /** Returns a margin of this ratio: 1.25 is a quarter more. */
    public static Margin ofRatio(double ratio) {
        return new Margin(ratio, 0);
    }

    /**
     * Returns this margin.
     *
     * @throws IllegalArgumentException if it leaves no room: its ratio below 1, its points below 0, or neither above
     */
    Margin leavingRoom() {
        if (ratio < 1 || points < 0 || equals(NONE)) {
            throw new IllegalArgumentException("expected a margin that leaves room, found " + this);
        }
        return this;
    }

    /** Returns the highest rate of the treatment that is allowed beside this rate of the control; may leave 0 to 1. */
    double limit(double control) {
        return ratio * control + points;
    }

    /** Returns the rate of the control beside which this rate of the treatment is just allowed; may leave 0 to 1. */
    double controlAt(double treatment) {
        return (treatment - points) / ratio;
    }
}
