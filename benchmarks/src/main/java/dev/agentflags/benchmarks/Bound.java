package dev.agentflags.benchmarks;

/** The fewest treated outcomes in the mean that any test could need which learns the baseline from the concurrent control. */
final class Bound {

    private static final int HALVINGS = 100;

    private Bound() {}

    /** {@code ln(1/α)/[KL(p_T‖p0) + (1-π)/π·KL(p_C‖p0)]}, p0 being the mean rate. */
    static double ofRegression(double control, double treatment, double share, double alpha) {
        double mean = share * treatment + (1 - share) * control;
        return -Math.log(alpha) / (divergence(treatment, mean) + (1 - share) / share * divergence(control, mean));
    }

    /** The same for "not worse by as many points" where the arms are alike: over the nearest pair of rates that is worse. */
    static double ofAdvance(double rate, double points, double share, double alpha) {
        double low = Math.max(0, rate - points);
        double high = rate;
        for (int i = 0; i < HALVINGS; i++) {
            double third = (high - low) / 3;
            if (distance(rate, low + third, points, share) < distance(rate, high - third, points, share)) {
                high -= third;
            } else {
                low += third;
            }
        }
        return -Math.log(alpha) * share / distance(rate, (low + high) / 2, points, share);
    }

    private static double distance(double rate, double control, double points, double share) {
        return share * divergence(rate, control + points) + (1 - share) * divergence(rate, control);
    }

    private static double divergence(double p, double q) {
        return p * Math.log(p / q) + (p == 1 ? 0 : (1 - p) * Math.log((1 - p) / (1 - q)));
    }
}
