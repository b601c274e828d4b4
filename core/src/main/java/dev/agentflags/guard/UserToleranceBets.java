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
public final class UserToleranceBets extends Bets {

    static final String KIND = "users-tolerance-8";

    private final StartRate start;
    private final Margin tolerance;

    /**
     * Makes the bets.
     *
     * @param tolerance how much higher the treatment's mean share may be without being called worse; ratio and points are not
     *     below 1 and 0
     */
    public UserToleranceBets(StartRate start, Margin tolerance) {
        if (tolerance.ratio() < 1 || tolerance.points() < 0) {
            throw new IllegalArgumentException("expected a tolerance, found " + tolerance);
        }
        this.start = start;
        this.tolerance = tolerance;
    }

    static UserToleranceBets of(List<Double> parameters) {
        return new UserToleranceBets(
                new StartRate(parameters.get(0), parameters.get(1)), new Margin(parameters.get(2), parameters.get(3)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Double> parameters() {
        return List.of(start.rate(), start.weight(), tolerance.ratio(), tolerance.points());
    }

    @Override
    public int categories() {
        return UserOutcome.CATEGORIES;
    }

    @Override
    double[] prior() {
        return Doubles.even(UserMeans.count());
    }

    @Override
    double reserve() {
        return RESERVE;
    }

    /** Of shares, one for each user: the good part and the bad part. */
    @Override
    ControlMemory memory() {
        return ControlMemory.none(2);
    }

    @Override
    ControlMemory remember(Counts block, ControlMemory before) {
        return UserMeans.remember(block, before);
    }

    @Override
    Effect effect(int g, ControlMemory memory) {
        return new Effect.Means(UserMeans.stake(g));
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double c = start.after(memory);
        double s = share(block);
        double border = tolerance.limit(c);
        double highest = Math.min(s / border, (1 - s) / (tolerance.ratio() * (1 - c)));
        for (int g = 0; g < logWealths.length; g++) {
            double stake = UserMeans.stake(g) * highest;
            logWealths[g] += UserMeans.growth(block, Arm.TREATMENT, -stake / s, border)
                    + UserMeans.growth(block, Arm.CONTROL, stake * tolerance.ratio() / (1 - s), c);
        }
    }
}
