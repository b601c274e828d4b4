package dev.agentflags.forecast;

import java.util.SplittableRandom;

/** Draws how many of some outcomes are of a kind. */
final class Binomial {

    /** With a higher mean, the distribution is taken for a normal one. */
    private static final double MANY = 40;

    private Binomial() {}

    /**
     * Draws a number.
     *
     * @param n how many outcomes there are
     * @param p the probability that one of them is of the kind
     */
    static long draw(long n, double p, SplittableRandom random) {
        if (n == 0 || p <= 0) {
            return 0;
        }
        if (p > 0.5) {
            return n - draw(n, 1 - p, random);
        }
        return n * p < MANY ? inverted(n, p, random) : rounded(n, p, random);
    }

    private static long inverted(long n, double p, SplittableRandom random) {
        double odds = p / (1 - p);
        double probability = Math.exp(n * Math.log1p(-p));
        double rest = random.nextDouble();
        long k = 0;
        while (rest > probability && k < n) {
            rest -= probability;
            probability *= odds * (n - k) / (k + 1);
            k++;
        }
        return k;
    }

    private static long rounded(long n, double p, SplittableRandom random) {
        double drawn = n * p + Math.sqrt(n * p * (1 - p)) * random.nextGaussian();
        return Math.max(0, Math.min(n, Math.round(drawn)));
    }
}
