package dev.agentflags.guard;

/** One strategy's bet on good and bad outcomes against a margin. */
final class MarginBet {

    private MarginBet() {}

    /**
     * Returns by how much the logarithm of the wealth grows.
     *
     * @param bad the treatment's rate t, outside of the null hypothesis
     * @param good 1 - t, without the loss of digits near 1
     * @param c the control's rate
     * @param s the treatment's share of the block
     */
    static double logGrowth(Counts block, double bad, double good, double c, double s, Margin margin) {
        double x = Projection.nearest(bad, c, s, margin);
        double y = margin.limit(x);
        return block.count(Arm.TREATMENT, 1) * Math.log(bad / y)
                + block.count(Arm.TREATMENT, 0) * Math.log(good / (1 - y))
                + block.count(Arm.CONTROL, 1) * Math.log(c / x)
                + block.count(Arm.CONTROL, 0) * Math.log((1 - c) / (1 - x));
    }
}
