package dev.agentflags.guard;

import java.util.List;

/**
 * Bets against "the treatment's outcomes are stochastically no worse", for outcomes in ordered categories: ratings, or the
 * {@link Bins} of latencies, costs and tokens.
 *
 * <p>With c the remembered distribution of the control, half of the capital takes the treatment's to be shifted,
 * {@code t(k) ∝ c(k)·e^(θ·z(k))} with {@code θ = 0.06·1.6^j}, j from 0 to 8, and z the normal score of a category; the other
 * half takes a part ε of 0.5, 2, 6, 20 or 70 % of it to have moved to the categories from j on, for each of the last six:
 * {@code t(k) = (1-ε)·c(k)}, and {@code + ε·c(k)/c(≥j)} from j on. All ratios t/c rise with badness, so the argument of
 * {@link Bets} covers every treatment that is stochastically no worse. No moment, no normality, no outliers removed.
 */
public final class OrderedBets extends OrderedCategoryBets {

    static final String KIND = "ordered-9-30";

    private static final double[] PARTS = {0.005, 0.02, 0.06, 0.2, 0.7};
    private static final int MAX_TAILS = 6;

    private final int tails;

    /** Makes the bets. */
    public OrderedBets(StartShares start) {
        super(start);
        this.tails = Math.min(MAX_TAILS, categories() - 1);
    }

    static OrderedBets of(List<Double> parameters) {
        return new OrderedBets(StartShares.of(parameters));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    double[] prior() {
        int shifts = NormalShifts.count();
        double[] prior = new double[shifts + tails * PARTS.length];
        for (int g = 0; g < prior.length; g++) {
            prior[g] = 0.5 / (g < shifts ? shifts : tails * PARTS.length);
        }
        return prior;
    }

    @Override
    double reserve() {
        return RESERVE;
    }

    @Override
    Effect effect(int g, ControlMemory memory) {
        int tail = g - NormalShifts.count();
        return tail < 0
                ? new Effect.Shift(NormalShifts.shift(g))
                : new Effect.Tail(PARTS[tail % PARTS.length], firstOf(tail / PARTS.length));
    }

    private int firstOf(int tail) {
        return categories() - tails + tail;
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double[] c = start.after(memory);
        double[] z = NormalScores.of(c);
        double s = share(block);
        int g = 0;
        for (int j = 0; j < NormalShifts.count(); j++) {
            logWealths[g++] += NormalShifts.logGrowth(block, NormalShifts.ratios(c, z, NormalShifts.shift(j)), s);
        }
        for (int tail = 0; tail < tails; tail++) {
            g = betOnTail(block, c, firstOf(tail), s, logWealths, g);
        }
    }

    private static int betOnTail(Counts block, double[] c, int first, double s, double[] logWealths, int from) {
        double mass = 0;
        long treated = 0;
        long controls = 0;
        for (int k = first; k < c.length; k++) {
            mass += c[k];
            treated += block.count(Arm.TREATMENT, k);
            controls += block.count(Arm.CONTROL, k);
        }
        long treatedBelow = block.units(Arm.TREATMENT) - treated;
        long controlsBelow = block.units(Arm.CONTROL) - controls;
        int g = from;
        for (double part : PARTS) {
            logWealths[g++] += logGrowth(treatedBelow, controlsBelow, 1 - part, s)
                    + logGrowth(treated, controls, 1 - part + part / mass, s);
        }
        return g;
    }
}
