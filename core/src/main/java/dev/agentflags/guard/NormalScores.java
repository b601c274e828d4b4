package dev.agentflags.guard;

/** Places of ordered categories on the scale of a normal distribution. */
final class NormalScores {

    private static final double HIGHEST = 3.5;

    private static final double LOW = 0.02425;
    private static final double[] A = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] B = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] C = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] D = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
    };

    private NormalScores() {}

    /** Returns the normal quantile of the middle of each category's share, within ±3.5. */
    static double[] of(double... shares) {
        double[] scores = new double[shares.length];
        double below = 0;
        for (int k = 0; k < shares.length; k++) {
            scores[k] = Math.max(-HIGHEST, Math.min(HIGHEST, quantile(below + shares[k] / 2)));
            below += shares[k];
        }
        return scores;
    }

    /** Returns the normal quantile of p, above 0 and below 1, to nine digits: the rational approximation of P. J. Acklam. */
    static double quantile(double p) {
        if (p < LOW) {
            return tail(Math.sqrt(-2 * Math.log(p)));
        }
        if (p > 1 - LOW) {
            return -tail(Math.sqrt(-2 * Math.log(1 - p)));
        }
        double q = p - 0.5;
        double r = q * q;
        return polynomial(A, r) * q / polynomial(B, r);
    }

    private static double tail(double q) {
        return polynomial(C, q) / polynomial(D, q);
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (double coefficient : coefficients) {
            value = value * x + coefficient;
        }
        return value;
    }
}
