package dev.agentflags.benchmarks;

import java.util.SplittableRandom;

/** Random numbers that the platform has no method for. */
final class Draws {

    private Draws() {}

    /** Returns a number of Beta(a, b), by two of gamma distributions. */
    static double beta(double a, double b, SplittableRandom random) {
        double x = gamma(a, random);
        double y = gamma(b, random);
        if (x + y == 0) {
            return random.nextDouble() < a / (a + b) ? 1 : 0;
        }
        return x / (x + y);
    }

    /** Marsaglia and Tsang, "A simple method for generating gamma variables". */
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double v = Math.pow(1 + c * z, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
