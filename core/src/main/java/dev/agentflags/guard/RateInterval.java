package dev.agentflags.guard;

/**
 * A range that has a rate of bad outcomes in it, at all times at once: for people to look at, as often as they like.
 *
 * <p>It is every rate p that a beta mixture with {@code a = b = 1/2} has not gathered evidence of 1/α against. If outcomes are
 * independent with one rate, the range ever misses it with a probability of at most α (Robbins, "Statistical methods related
 * to the law of the iterated logarithm"; Ville). Where the rate moves, the range is one for its recent past at best: the
 * guard's decisions do not rest on it.
 *
 * @param low 0 to {@code high}
 * @param high {@code low} to 1
 */
public record RateInterval(double low, double high) {

    private static final double WEIGHT = 0.5;
    private static final int HALVINGS = 60;

    /**
     * Returns the range.
     *
     * @param units how many outcomes there were
     * @param bad how many of them were bad
     * @param alpha the probability of ever missing the rate, above 0 and below 1
     */
    public static RateInterval of(long units, long bad, double alpha) {
        if (bad < 0 || bad > units || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "expected no more bad outcomes than all, and an α between 0 and 1, found " + bad + " of " + units
                            + " and " + alpha);
        }
        if (units == 0) {
            return new RateInterval(0, 1);
        }
        double rate = (double) bad / units;
        double limit = -Math.log(alpha);
        return new RateInterval(
                bad == 0 ? 0 : border(0, rate, units, bad, limit),
                bad == units ? 1 : border(1, rate, units, bad, limit));
    }

    /** Returns where the evidence falls below the limit on the way from a rate that is out to the one that is surely in. */
    private static double border(double outside, double inside, long units, long bad, double limit) {
        double out = outside;
        double in = inside;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (out + in) / 2;
            if (BetaMixture.logEValue(bad, units - bad, middle, WEIGHT, WEIGHT) >= limit) {
                out = middle;
            } else {
                in = middle;
            }
        }
        return out;
    }
}
