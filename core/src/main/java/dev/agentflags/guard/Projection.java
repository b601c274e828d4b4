package dev.agentflags.guard;

/**
 * The pair of rates on the border of the null hypothesis that is nearest to an alternative.
 *
 * <p>The border is {@code y = ratio·x + points} for a treatment's rate y and a control's rate x ({@link Margin}), nearness is
 * {@code s·KL(t‖y) + (1-s)·KL(c‖x)} for a share s of the treatment. This is the reverse information projection of the
 * alternative (t, c) onto a convex set: the likelihood ratio of the alternative to it has an expected value of at most 1
 * under every pair of the null (Grünwald, de Heide, Koolen, "Safe testing"; Turner, Grünwald, "Exact anytime-valid
 * confidence intervals for contingency tables", arXiv 2203.09785).
 */
final class Projection {

    private static final double EDGE = 1e-12;
    private static final double PRECISE = 1e-13;
    private static final int MAX_STEPS = 100;

    private Projection() {}

    /**
     * Returns the control's rate x of the nearest pair: Newton's method, kept in a bracket.
     *
     * @param t the treatment's rate of the alternative, outside of what the margin allows or on its border
     * @param c the control's rate of the alternative, above 0 and below 1
     * @param s the treatment's share, above 0 and below 1
     */
    static double nearest(double t, double c, double s, Margin margin) {
        double onBorder = margin.controlAt(t);
        double lowest = Math.max(0, margin.controlAt(0)) + EDGE;
        double highest = Math.min(1, margin.controlAt(1)) - EDGE;
        double low = Math.max(lowest, Math.min(c, onBorder));
        double high = Math.min(highest, Math.max(c, onBorder));
        double x = low + (high - low) * s;
        for (int step = 0; step < MAX_STEPS && high - low > PRECISE * high; step++) {
            double y = margin.limit(x);
            double slope = s * margin.ratio() * (y - t) / (y * (1 - y)) + (1 - s) * (x - c) / (x * (1 - x));
            if (slope > 0) {
                high = x;
            } else {
                low = x;
            }
            double next = x - slope / curvature(t, c, s, x, y, margin.ratio());
            double inside = next > low && next < high ? next : (low + high) / 2;
            if (Math.abs(inside - x) <= PRECISE * x) {
                return inside;
            }
            x = inside;
        }
        return x;
    }

    private static double curvature(double t, double c, double s, double x, double y, double ratio) {
        return s * ratio * ratio * (t / (y * y) + (1 - t) / ((1 - y) * (1 - y)))
                + (1 - s) * (c / (x * x) + (1 - c) / ((1 - x) * (1 - x)));
    }
}
