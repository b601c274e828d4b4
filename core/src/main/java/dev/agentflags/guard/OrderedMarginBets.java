package dev.agentflags.guard;

import java.util.List;

/**
 * Bets against "the treatment's outcomes, each improved by the margin, are still stochastically no better than the
 * control's": evidence that it is safe to advance, for the {@link Bins} of latencies, costs and tokens.
 *
 * <p>The treatment's amounts are divided by {@code 1 + margin} before they are put in bins ({@link Bins#category(double,
 * double)}); if the arms are alike, it is then better. Nine strategies take it to be shifted to the good end,
 * {@code t(k) ∝ c(k)·e^(-θ·z(k))}, the mirror image of the shifts of {@link OrderedBets}. The ratios t/c fall with badness, so
 * the argument of {@link Bets} covers every treatment that is stochastically no better. Meant to start afresh in each
 * stage, so no capital is kept back.
 */
public final class OrderedMarginBets extends OrderedCategoryBets {

    static final String KIND = "ordered-margin-9";

    /** Makes the bets. */
    public OrderedMarginBets(StartShares start) {
        super(start);
    }

    static OrderedMarginBets of(List<Double> parameters) {
        return new OrderedMarginBets(StartShares.of(parameters));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    double[] prior() {
        return Doubles.even(NormalShifts.count());
    }

    @Override
    double reserve() {
        return 0;
    }

    @Override
    Effect effect(int g, ControlMemory memory) {
        return new Effect.Shift(-NormalShifts.shift(g));
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double[] c = start.after(memory);
        double[] z = NormalScores.of(c);
        double s = share(block);
        for (int g = 0; g < logWealths.length; g++) {
            logWealths[g] += NormalShifts.logGrowth(block, NormalShifts.ratios(c, z, -NormalShifts.shift(g)), s);
        }
    }
}
