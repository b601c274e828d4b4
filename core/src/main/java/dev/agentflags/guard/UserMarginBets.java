package dev.agentflags.guard;

import java.util.List;

/**
 * Bets against "the treatment's mean share of bad outcomes per user is at least at the margin": evidence that it is safe to
 * advance where users have several outcomes.
 *
 * <p>With x the share of bad outcomes of one closed {@link UserOutcome}, c the control's remembered mean share and
 * {@code ρ·mean + π} the margin, a strategy multiplies its wealth by {@code 1 + η/s·(ρ·c + π - x)} for a user of the treatment and
 * by {@code 1 + η·ρ/(1-s)·(x - c)} for one of the control, s being the treatment's share of the block's users. If the mean of
 * the treatment is at least at the margin above that of the control, whatever that is, the expected factors u and v obey
 * {@code s·u + (1-s)·v = 1 + η·(ρ·mean_C + π - mean_T) ≤ 1}, so the argument of {@link Bets} holds, for any distribution of
 * the shares and any dependence between the outcomes of one user. Eight stakes, from 95 to 5 % of the highest η that
 * keeps every factor above 0, share the capital evenly.
 *
 * <p>Sources: Waudby-Smith, Ramdas, "Estimating means of bounded random variables by betting" (arXiv 2010.09686); Shekhar,
 * Ramdas, "Nonparametric two-sample testing by betting" (arXiv 2112.09162), here with a factor for each user in place of
 * one for a pair, so that the size of a block costs nothing.
 */
public final class UserMarginBets extends UserMeanBets {

    static final String KIND = "users-margin-8";

    /**
     * Makes the bets.
     *
     * @param margin how much higher the treatment's mean share may be and still count as safe
     * @throws IllegalArgumentException if the margin leaves no room: its ratio below 1, its points below 0, or neither above
     */
    public UserMarginBets(StartRate start, Margin margin) {
        super(start, margin.leavingRoom());
    }

    /**
     * Makes the bets.
     *
     * @param points how much higher the treatment's mean share may be and still count as safe, above 0 and below 1
     */
    public UserMarginBets(StartRate start, double points) {
        this(start, Margin.ofPoints(points));
    }

    static UserMarginBets of(List<Double> parameters) {
        return new UserMarginBets(start(parameters), margin(parameters));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    double reserve() {
        return 0;
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double c = start.after(memory);
        double s = share(block);
        double border = margin.limit(c);
        double highest = Math.min(s / Math.max(0, 1 - border), (1 - s) / (margin.ratio() * c));
        for (int g = 0; g < logWealths.length; g++) {
            double stake = stake(g) * highest;
            logWealths[g] += growth(block, Arm.TREATMENT, stake / s, border)
                    + growth(block, Arm.CONTROL, -stake * margin.ratio() / (1 - s), c);
        }
    }
}
