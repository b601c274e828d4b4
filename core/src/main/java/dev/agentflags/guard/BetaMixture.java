package dev.agentflags.guard;

/** Evidence that a coin does not have a given probability: the wealth of a bet on all other probabilities at once. */
final class BetaMixture {

    private static final double STIRLING_FROM = 15;

    private BetaMixture() {}

    /**
     * Returns the natural logarithm of {@code B(a+n, b+m) / B(a, b) / (p^n·(1-p)^m)}.
     *
     * @param n heads
     * @param m tails
     * @param p the probability of heads under the null hypothesis, above 0 and below 1
     * @param a weight of heads in the mixture, above 0
     * @param b weight of tails
     */
    static double logEValue(long n, long m, double p, double a, double b) {
        return logBeta(a + n, b + m) - logBeta(a, b) - n * Math.log(p) - m * Math.log(1 - p);
    }

    private static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /** Stirling's series, after the argument was raised to where five terms of it are exact to a double. */
    private static double logGamma(double x) {
        double product = 1;
        double y = x;
        while (y < STIRLING_FROM) {
            product *= y;
            y++;
        }
        double z = 1 / (y * y);
        double series = (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z / 1188)))) / y;
        return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
    }
}
