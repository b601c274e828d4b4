package dev.agentflags.guard;

import java.util.List;

/**
 * Bets against "the treatment's bad outcomes are no more frequent than the margin allows", for outcomes that are good (0) or
 * bad (1).
 *
 * <p>Strategy g takes the treatment's rate to be {@code t = expit(logit(m(c)) + λ_g)}, where c is the remembered rate of the
 * control, m the margin and {@code λ_g = 0.08·1.5^(g-1)}, g from 1 to 13. Without a margin both arms are compared with
 * {@code q = s·t + (1-s)·c}; with one, with the nearest pair of rates that it allows ({@link Projection}), and an outcome's
 * factor is {@code t/y} or {@code c/x} for a bad one, {@code (1-t)/(1-y)} or {@code (1-c)/(1-x)} for a good one. That pair is
 * an e-variable for every pair of rates in the margin, since they form a convex set; see {@link Bets} for the rest.
 */
public final class BinaryBets extends RateBets {

    static final String KIND = "binary-13";

    /**
     * Makes the bets.
     *
     * @param tolerance how much worse the treatment may be without being called worse
     */
    public BinaryBets(StartRate start, Margin tolerance) {
        super(start, tolerance);
    }

    static BinaryBets of(List<Double> parameters) {
        return new BinaryBets(start(parameters), margin(parameters));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int categories() {
        return 2;
    }

    @Override
    double[] prior() {
        return OddsShifts.prior();
    }

    @Override
    double reserve() {
        return RESERVE;
    }

    @Override
    ControlMemory remember(Counts block, ControlMemory before) {
        return before.plus(block);
    }

    @Override
    Effect effect(int g, ControlMemory memory) {
        double c = start.after(memory);
        double odds = OddsShifts.odds(border(c), g);
        return new Effect.Rates(c, odds / (1 + odds));
    }

    private double border(double c) {
        return StartRate.clamped(margin.limit(c));
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double c = start.after(memory);
        double s = share(block);
        for (int g = 0; g < logWealths.length; g++) {
            double odds = OddsShifts.odds(border(c), g);
            double good = 1 / (1 + odds);
            double bad = odds / (1 + odds);
            logWealths[g] += margin.equals(Margin.NONE)
                    ? growth(block, bad / c, good / (1 - c), s)
                    : MarginBet.logGrowth(block, bad, good, c, s, margin);
        }
    }

    private static double growth(Counts block, double ratioBad, double ratioGood, double s) {
        return logGrowth(block.count(Arm.TREATMENT, 0), block.count(Arm.CONTROL, 0), ratioGood, s)
                + logGrowth(block.count(Arm.TREATMENT, 1), block.count(Arm.CONTROL, 1), ratioBad, s);
    }
}
