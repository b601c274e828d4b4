package dev.agentflags.guard;

/** Nine distributions over ordered categories, each a given one shifted further. */
final class NormalShifts {

    /** θ: from a shift of 6 % of a standard deviation to 2.6 of them. */
    private static final double[] SHIFTS = Doubles.geometric(0.06, 1.6, 9);

    private NormalShifts() {}

    static int count() {
        return SHIFTS.length;
    }

    static double shift(int g) {
        return SHIFTS[g];
    }

    /**
     * Returns {@code t(k)/c(k)} of each category k, where {@code t(k) ∝ c(k)·e^(θ·z(k))}.
     *
     * @param c the distribution
     * @param z the categories' {@link NormalScores}
     * @param theta positive towards the bad end; the ratios then rise with badness
     */
    static double[] ratios(double[] c, double[] z, double theta) {
        double[] ratios = new double[c.length];
        double sum = 0;
        for (int k = 0; k < c.length; k++) {
            ratios[k] = Math.exp(theta * z[k]);
            sum += c[k] * ratios[k];
        }
        for (int k = 0; k < c.length; k++) {
            ratios[k] /= sum;
        }
        return ratios;
    }

    /** Returns by how much the logarithm of a wealth grows over a block. */
    static double logGrowth(Counts block, double[] ratios, double s) {
        double growth = 0;
        for (int k = 0; k < ratios.length; k++) {
            growth += Bets.logGrowth(block.count(Arm.TREATMENT, k), block.count(Arm.CONTROL, k), ratios[k], s);
        }
        return growth;
    }
}
