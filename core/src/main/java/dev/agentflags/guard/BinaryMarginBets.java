package dev.agentflags.guard;

import java.util.List;

/**
 * Bets against "the treatment's bad outcomes are more frequent than the margin allows": evidence that it is safe to advance
 * (non-inferiority), for outcomes that are good (0) or bad (1).
 *
 * <p>Four strategies take the treatment's rate to be {@code t = max(0.3·c, c + f·(m(c) - c))}, where c is the remembered rate of
 * the control, m the margin, and f is -0.5, 0, 0.25 or 0.5: a little better, equal, or a part of the margin worse. They are
 * compared with the nearest pair of rates on the margin's border ({@link Projection}), which is an e-variable for every pair
 * beyond it. Meant to start afresh in each stage, so no capital is kept back.
 */
public final class BinaryMarginBets extends RateBets {

    static final String KIND = "binary-margin-4";

    private static final double[] PARTS_OF_MARGIN = {-0.5, 0, 0.25, 0.5};
    private static final double[] PRIOR = {0.15, 0.45, 0.25, 0.15};
    private static final double LOWEST_RATIO = 0.3;

    /**
     * Makes the bets.
     *
     * @param margin how much worse the treatment may be and still count as safe
     * @throws IllegalArgumentException if the margin leaves no room: its ratio below 1, its points below 0, or neither above
     */
    public BinaryMarginBets(StartRate start, Margin margin) {
        super(start, margin.leavingRoom());
    }

    static BinaryMarginBets of(List<Double> parameters) {
        return new BinaryMarginBets(start(parameters), margin(parameters));
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
        return PRIOR.clone();
    }

    @Override
    double reserve() {
        return 0;
    }

    @Override
    ControlMemory remember(Counts block, ControlMemory before) {
        return before.plus(block);
    }

    @Override
    Effect effect(int g, ControlMemory memory) {
        double c = start.after(memory);
        return new Effect.Rates(c, rate(c, g));
    }

    private double rate(double c, int g) {
        double room = margin.limit(c) - c;
        return StartRate.clamped(Math.max(LOWEST_RATIO * c, c + PARTS_OF_MARGIN[g] * room));
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double c = start.after(memory);
        double s = share(block);
        for (int g = 0; g < logWealths.length; g++) {
            double t = rate(c, g);
            logWealths[g] += MarginBet.logGrowth(block, t, 1 - t, c, s, margin);
        }
    }
}
