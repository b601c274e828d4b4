package dev.agentflags.guard;

import java.util.List;

/**
 * A null hypothesis and a fixed set of strategies that bet against it, on which arm each outcome came from.
 *
 * <p>A bet takes a block of outcomes in which the treatment has the share s. Strategy g holds a rule for how much more
 * likely an outcome of category k is in the treatment than in the control, {@code r(k) = t(k)/c(k)}, fixed before the
 * block, and multiplies its wealth by {@code t/q} for each outcome of the treatment and by {@code c/q} for each of the
 * control, where {@code q = s·t + (1-s)·c} ({@link #logGrowth}).
 *
 * <p><strong>Why this is valid.</strong> Take the arms of the block as given. If the treatment is no worse and r does not
 * fall with badness, then the expected factors u of a treated and v of a control outcome obey {@code s·u + (1-s)·v ≤ 1},
 * whatever the control's rates are in this block, and by the inequality of the arithmetic and geometric means the expected
 * growth of the block, {@code u^nT·v^nC}, is at most 1. So the wealth is a test supermartingale, and by Ville's inequality it
 * ever reaches 1/α with a probability of at most α, looked at as often as one likes. What r is chosen to be affects power
 * only. Needed: inside a block, units are independent given their arms and share one environment; from block to block
 * everything may change.
 *
 * <p>Sources: Turner, Ly, Grünwald, "Generic e-variables for exact sequential k-sample tests" (arXiv 2106.02693);
 * Podkopaev, Ramdas, "Sequential predictive two-sample and independence testing" (NeurIPS 2023); Waudby-Smith, Ramdas,
 * "Estimating means of bounded random variables by betting" (arXiv 2010.09686). Immutable.
 */
public abstract sealed class Bets permits OrderedCategoryBets, RateBets, UserBets {

    /** Part of the capital that is kept for regressions that come late, where a kind of bets keeps any. */
    static final double RESERVE = 0.2;

    Bets() {}

    /** Returns a name for this kind of bets, which never changes its meaning. */
    public abstract String kind();

    /** Returns the numbers that, with the kind, make these bets again. */
    public abstract List<Double> parameters();

    /** Returns how many categories an outcome may have. */
    public abstract int categories();

    /** Returns what strategy {@code g} takes to be true, given what is remembered of the control. */
    abstract Effect effect(int g, ControlMemory memory);

    /** Returns the strategies' shares of the capital; they sum to 1. */
    abstract double[] prior();

    /** Returns the part of the capital that is kept back, 0 to 1, exclusive. */
    abstract double reserve();

    /** Returns what is to be remembered of the control, before anything was seen. */
    abstract ControlMemory memory();

    /** Returns what is remembered of the control after a block. */
    abstract ControlMemory remember(Counts block, ControlMemory before);

    /**
     * Adds to each strategy's log wealth what it wins in a block that has both arms.
     *
     * @param memory of the control <em>before</em> the block
     */
    abstract void bet(Counts block, ControlMemory memory, double[] logWealths);

    /**
     * Returns by how much the logarithm of a wealth grows over outcomes of one category.
     *
     * @param treated how many of the treatment
     * @param controls how many of the control
     * @param ratio {@code t/c} of the category, above 0
     * @param s the treatment's share of the block
     */
    static double logGrowth(long treated, long controls, double ratio, double s) {
        if (treated + controls == 0) {
            return 0;
        }
        double won = treated == 0 ? 0 : treated * Math.log(ratio);
        return won - (treated + controls) * Math.log(s * ratio + (1 - s));
    }

    /** Returns the treatment's share of a block. */
    static double share(Counts block) {
        long treated = block.units(Arm.TREATMENT);
        return (double) treated / (treated + block.units(Arm.CONTROL));
    }

    /**
     * Returns the bets of a kind with these parameters.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Bets of(String kind, List<Double> parameters) {
        try {
            return switch (kind) {
                case BinaryBets.KIND -> BinaryBets.of(parameters);
                case BinaryMarginBets.KIND -> BinaryMarginBets.of(parameters);
                case OrderedBets.KIND -> OrderedBets.of(parameters);
                case OrderedMarginBets.KIND -> OrderedMarginBets.of(parameters);
                case UserBets.KIND -> UserBets.of(parameters);
                case UserMarginBets.KIND -> UserMarginBets.of(parameters);
                case UserToleranceBets.KIND -> UserToleranceBets.of(parameters);
                default -> throw new IllegalArgumentException("expected a kind of bets, found " + kind);
            };
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("expected the parameters of " + kind + ", found " + parameters, e);
        }
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Bets bets
                && kind().equals(bets.kind())
                && parameters().equals(bets.parameters());
    }

    @Override
    public final int hashCode() {
        return 31 * kind().hashCode() + parameters().hashCode();
    }

    @Override
    public final String toString() {
        return kind() + parameters();
    }
}
