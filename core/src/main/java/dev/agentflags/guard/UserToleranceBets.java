package dev.agentflags.guard;

import java.util.List;

/**
 * Bets against "the treatment's mean share of bad outcomes per user is within a tolerance": evidence that it is worse by more
 * than that, where users have several outcomes.
 *
 * <p>The mirror image of {@link UserMarginBets}: the wealth is multiplied by {@code 1 + η/s·(x - ρ·c - π)} for a user of the
 * treatment and by {@code 1 + η·ρ/(1-s)·(c - x)} for one of the control, and
 * {@code s·u + (1-s)·v = 1 + η·(mean_T - ρ·mean_C - π) ≤ 1} where the treatment is within {@code ρ·mean_C + π}. A part of the
 * capital is kept for regressions that come late. Without a tolerance {@link UserBets} is faster.
 */
public final class UserToleranceBets extends UserMeanBets {

    static final String KIND = "users-tolerance-8";

    /**
     * Makes the bets.
     *
     * @param tolerance how much higher the treatment's mean share may be without being called worse; ratio and points are not
     *     below 1 and 0
     */
    public UserToleranceBets(StartRate start, Margin tolerance) {
        super(start, tolerance);
        if (tolerance.ratio() < 1 || tolerance.points() < 0) {
            throw new IllegalArgumentException("expected a tolerance, found " + tolerance);
        }
    }

    static UserToleranceBets of(List<Double> parameters) {
        return new UserToleranceBets(start(parameters), margin(parameters));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    double reserve() {
        return RESERVE;
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double c = start.after(memory);
        double s = share(block);
        double border = margin.limit(c);
        double highest = Math.min(s / border, (1 - s) / (margin.ratio() * (1 - c)));
        for (int g = 0; g < logWealths.length; g++) {
            double stake = stake(g) * highest;
            logWealths[g] += growth(block, Arm.TREATMENT, -stake / s, border)
                    + growth(block, Arm.CONTROL, stake * margin.ratio() / (1 - s), c);
        }
    }
}
