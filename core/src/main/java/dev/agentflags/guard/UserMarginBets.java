package dev.agentflags.guard;

import java.util.Arrays;
import java.util.List;

/**
 * Bets against "the treatment's mean share of bad outcomes per user is at least the control's and a margin": evidence that
 * it is safe to advance where users have several outcomes.
 *
 * <p>With x the share of bad outcomes of one closed {@link UserOutcome}, c the control's remembered mean share and δ the margin,
 * a strategy multiplies its wealth by {@code 1 + η/s·(c + δ - x)} for a user of the treatment and by
 * {@code 1 + η/(1-s)·(x - c)} for one of the control, s being the treatment's share of the block's users. If the mean of the
 * treatment is at least δ above that of the control, whatever that is, the expected factors u and v obey
 * {@code s·u + (1-s)·v = 1 + η·(δ + mean_C - mean_T) ≤ 1}, so the argument of {@link Bets} holds, for any distribution of
 * the shares and any dependence between the outcomes of one user. Eight stakes, from 95 to 5 % of the highest η that
 * keeps every factor above 0, share the capital evenly.
 *
 * <p>Sources: Waudby-Smith, Ramdas, "Estimating means of bounded random variables by betting" (arXiv 2010.09686); Shekhar,
 * Ramdas, "Nonparametric two-sample testing by betting" (arXiv 2112.09162), here with a factor for each user in place of
 * one for a pair, so that the size of a block costs nothing.
 */
public final class UserMarginBets extends Bets {

    static final String KIND = "users-margin-8";

    private static final double[] STAKES = Doubles.geometric(0.95, Math.pow(0.05 / 0.95, 1.0 / 7), 8);

    private static final double[] SHARES = Arrays.stream(UserOutcome.all())
            .mapToDouble(user -> (double) user.bad() / user.seen())
            .toArray();

    private final StartRate start;
    private final double margin;

    /**
     * Makes the bets.
     *
     * @param margin δ, how much higher the treatment's mean share may be and still count as safe, above 0 and below 1
     */
    public UserMarginBets(StartRate start, double margin) {
        if (!(margin > 0 && margin < 1)) {
            throw new IllegalArgumentException("expected a margin between 0 and 1, found " + margin);
        }
        this.start = start;
        this.margin = margin;
    }

    static UserMarginBets of(List<Double> parameters) {
        return new UserMarginBets(new StartRate(parameters.get(0), parameters.get(1)), parameters.get(2));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Double> parameters() {
        return List.of(start.rate(), start.weight(), margin);
    }

    @Override
    public int categories() {
        return UserOutcome.CATEGORIES;
    }

    @Override
    double[] prior() {
        return Doubles.even(STAKES.length);
    }

    @Override
    double reserve() {
        return 0;
    }

    /** Of shares, one for each user: the good part and the bad part. */
    @Override
    ControlMemory memory() {
        return ControlMemory.none(2);
    }

    @Override
    ControlMemory remember(Counts block, ControlMemory before) {
        double bad = 0;
        for (int k = 0; k < SHARES.length; k++) {
            bad += block.count(Arm.CONTROL, k) * SHARES[k];
        }
        return before.plus(block.units(Arm.CONTROL) - bad, bad);
    }

    @Override
    Effect effect(int g, ControlMemory memory) {
        return new Effect.Means(STAKES[g]);
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double c = start.after(memory);
        double s = share(block);
        double highest = Math.min(s / Math.max(0, 1 - c - margin), (1 - s) / c);
        for (int g = 0; g < logWealths.length; g++) {
            double stake = STAKES[g] * highest;
            logWealths[g] += growth(block, Arm.TREATMENT, stake / s, c + margin)
                    + growth(block, Arm.CONTROL, -stake / (1 - s), c);
        }
    }

    private static double growth(Counts block, Arm arm, double stake, double centre) {
        double growth = 0;
        for (int k = 0; k < SHARES.length; k++) {
            long users = block.count(arm, k);
            if (users > 0) {
                growth += users * Math.log(1 + stake * (centre - SHARES[k]));
            }
        }
        return growth;
    }
}
