package dev.agentflags.guard;

/**
 * Whether the arms have the sizes that they should have: a health check that pauses a rollout and never kills it, since a
 * wrong ratio says that units are lost or assigned wrongly, not that the treatment is worse.
 *
 * <p>The e-value of counts n<sub>T</sub>, n<sub>C</sub> against a share π is that of a beta mixture,
 * {@code B(a + n_T, b + n_C) / B(a, b) / (π^n_T · (1-π)^n_C)} with {@code a = 100·π} and {@code b = 100·(1-π)}. Each unit's
 * factor has an expected value of 1 if the share is right, so it ever reaches 1000 with a probability of at most 0.1 %.
 * Source: Lindon, Malek, "Anytime-valid inference for multinomial count data" (arXiv 2011.03567).
 */
public final class SampleRatio {

    /** The e-value from which on a rollout should be held. */
    public static final double LIMIT = 1_000;

    private static final double CONCENTRATION = 100;

    private SampleRatio() {}

    /**
     * Returns the natural logarithm of the evidence that the arms have another ratio; those of several stages may be added.
     *
     * @param treated units in the treatment
     * @param controls units in the control
     * @param share of the treatment as it was configured, above 0 and below 1
     */
    public static double logEValue(long treated, long controls, double share) {
        return BetaMixture.logEValue(treated, controls, share, CONCENTRATION * share, CONCENTRATION * (1 - share));
    }
}
