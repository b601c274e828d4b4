package dev.agentflags.guard;

import java.util.List;

/**
 * The evidence against one null hypothesis: the wealth of {@link Bets} that began with 1.
 *
 * <p>{@link #eValue()} is the cash and the sum of all strategies' wealths. Under the null hypothesis it ever reaches 1/α with
 * a probability of at most α (Ville's inequality), however often and whenever one looks: there is no horizon, no minimum and
 * no correction for looks. A part of the capital may be kept as cash and is invested evenly over the logarithm of the number
 * of outcomes, as if a new test began with every block, so that a regression that comes late need not first win back what
 * was lost before (a Shiryaev-Roberts recursion with a finite budget; compare Shin, Ramdas, Rinaldo, "E-detectors", arXiv
 * 2203.03532). The investments add up to at most what was kept, so α is untouched.
 *
 * <p>The same blocks in the same order give the same evidence, bit for bit, whether or not it was written down and read
 * again in between. Immutable.
 */
public final class EProcess {

    /** The investment of the cash begins after this many outcomes ... */
    private static final double INVEST_AFTER = 200;

    /** ... and ends after this many powers of ten of it. */
    private static final double INVEST_DECADES = 5;

    private final Bets bets;
    private final double[] logWealths;
    private final double cash;
    private final ControlMemory memory;
    private final long seen;

    private EProcess(Bets bets, double[] logWealths, double cash, ControlMemory memory, long seen) {
        this.bets = bets;
        this.logWealths = logWealths;
        this.cash = cash;
        this.memory = memory;
        this.seen = seen;
    }

    /** Returns the evidence before anything was seen: 1. */
    public static EProcess start(Bets bets) {
        return start(bets, bets.memory());
    }

    /**
     * Returns the evidence before anything was seen, with what {@code other} remembers of the control where the bets have
     * use for it. Affects power only.
     */
    public static EProcess start(Bets bets, EProcess other) {
        boolean fits = bets.memory().size() == other.memory.size() && bets.categories() == other.bets.categories();
        return start(bets, fits ? other.memory : bets.memory());
    }

    private static EProcess start(Bets bets, ControlMemory memory) {
        double[] logWealths = bets.prior();
        for (int g = 0; g < logWealths.length; g++) {
            logWealths[g] = Math.log(logWealths[g] * (1 - bets.reserve()));
        }
        return new EProcess(bets, logWealths, bets.reserve(), memory, 0);
    }

    /**
     * Returns the evidence after one more block.
     *
     * @throws IllegalArgumentException if the block lacks an arm or has other categories
     */
    public EProcess after(Counts block) {
        if (block.categories() != bets.categories()) {
            throw new IllegalArgumentException(
                    "expected " + bets.categories() + " categories, found " + block.categories());
        }
        if (!block.hasBothArms()) {
            throw new IllegalArgumentException("expected a block with both arms, found " + block);
        }
        double[] after = logWealths.clone();
        bets.bet(block, memory, after);
        long seenAfter = seen + block.units();
        double invested = Math.min(cash, bets.reserve() * decadesBetween(seen, seenAfter) / INVEST_DECADES);
        if (invested > 0) {
            double[] prior = bets.prior();
            for (int g = 0; g < after.length; g++) {
                after[g] = Doubles.logOfSum(after[g], Math.log(invested * prior[g]));
            }
        }
        return new EProcess(bets, after, cash - invested, bets.remember(block, memory), seenAfter);
    }

    /**
     * Returns evidence that was written down.
     *
     * @throws IllegalArgumentException if the numbers are not those of the bets
     */
    static EProcess of(Bets bets, List<Double> logWealths, double cash, List<Double> memory, long seen) {
        if (logWealths.size() != bets.prior().length
                || !logWealths.stream().allMatch(Double::isFinite)
                || memory.size() != bets.memory().size()
                || !(cash >= 0 && cash <= bets.reserve())
                || seen < 0) {
            throw new IllegalArgumentException("expected the state of " + bets.kind() + ", found " + logWealths.size()
                    + " wealths, " + memory.size() + " counts, cash " + cash + " after " + seen + " outcomes");
        }
        return new EProcess(bets, Doubles.array(logWealths), cash, ControlMemory.of(memory), seen);
    }

    private static double decadesBetween(long seen, long seenAfter) {
        return seenAfter <= INVEST_AFTER ? 0 : Math.log10(seenAfter / Math.max(INVEST_AFTER, (double) seen));
    }

    /** Returns the evidence: 1 at the start, towards 0 where the null hypothesis does well, infinite if beyond a double. */
    public double eValue() {
        return Math.exp(logEValue());
    }

    /** Returns the natural logarithm of the evidence, which is always finite. */
    public double logEValue() {
        double highest = Double.NEGATIVE_INFINITY;
        for (double logWealth : logWealths) {
            highest = Math.max(highest, logWealth);
        }
        double sum = 0;
        for (double logWealth : logWealths) {
            sum += Math.exp(logWealth - highest);
        }
        double invested = highest + Math.log(sum);
        return cash > 0 ? Doubles.logOfSum(invested, Math.log(cash)) : invested;
    }

    /** Returns what the strategy takes to be true that has multiplied its capital most, if any has. */
    public Effect mostLikelyEffect() {
        double[] prior = bets.prior();
        int best = 0;
        for (int g = 1; g < prior.length; g++) {
            if (logWealths[g] - Math.log(prior[g]) > logWealths[best] - Math.log(prior[best])) {
                best = g;
            }
        }
        return logWealths[best] > Math.log(prior[best]) ? bets.effect(best, memory) : new Effect.None();
    }

    /** Returns how many outcomes, or closed users, were bet on. */
    public long seen() {
        return seen;
    }

    List<Double> logWealths() {
        return Doubles.list(logWealths);
    }

    double cash() {
        return cash;
    }

    ControlMemory memory() {
        return memory;
    }

    /** Returns what is bet on. */
    public Bets bets() {
        return bets;
    }
}
