package dev.agentflags.guard;

import java.util.List;

/**
 * Bets against "the treatment is no worse to its users", one for each closed {@link UserOutcome}.
 *
 * <p>The strategies are those of {@link BinaryBets}; a user with b bad outcomes of n has the ratio
 * {@code r = [(t/c)^b·((1-t)/(1-c))^(n-b)]^(1/(1+0.2·(n-1)))}. Valid for any dependence between the outcomes of one user,
 * since a user is one draw whatever is inside, as long as users do not depend on each other; the damping of the exponent
 * answers to how alike a user's outcomes usually are, and affects power only.
 */
public final class UserBets extends Bets {

    static final String KIND = "users-13";

    /** What a further outcome of one user takes from the weight of each of them. */
    private static final double DAMPING = 0.2;

    private static final UserOutcome[] OUTCOMES = UserOutcome.all();

    private final StartRate start;

    /** Makes the bets. */
    public UserBets(StartRate start) {
        this.start = start;
    }

    static UserBets of(List<Double> parameters) {
        return new UserBets(new StartRate(parameters.get(0), parameters.get(1)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Double> parameters() {
        return start.toList();
    }

    @Override
    public int categories() {
        return UserOutcome.CATEGORIES;
    }

    @Override
    double[] prior() {
        return OddsShifts.prior();
    }

    @Override
    double reserve() {
        return RESERVE;
    }

    /** Of good and bad outcomes, not of users. */
    @Override
    ControlMemory memory() {
        return ControlMemory.none(2);
    }

    @Override
    ControlMemory remember(Counts block, ControlMemory before) {
        long good = 0;
        long bad = 0;
        for (int k = 0; k < OUTCOMES.length; k++) {
            long users = block.count(Arm.CONTROL, k);
            good += users * (OUTCOMES[k].seen() - OUTCOMES[k].bad());
            bad += users * OUTCOMES[k].bad();
        }
        return before.plus((double) good, (double) bad);
    }

    @Override
    Effect effect(int g, ControlMemory memory) {
        double c = start.after(memory);
        double odds = OddsShifts.odds(c, g);
        return new Effect.Rates(c, odds / (1 + odds));
    }

    @Override
    void bet(Counts block, ControlMemory memory, double[] logWealths) {
        double c = start.after(memory);
        double s = share(block);
        for (int g = 0; g < logWealths.length; g++) {
            double odds = OddsShifts.odds(c, g);
            logWealths[g] += growth(block, Math.log(odds / (1 + odds) / c), -Math.log((1 + odds) * (1 - c)), s);
        }
    }

    private static double growth(Counts block, double logBad, double logGood, double s) {
        double growth = 0;
        int k = 0;
        for (int seen = 1; seen <= UserOutcome.MAX_SEEN; seen++) {
            double damping = 1 + DAMPING * (seen - 1);
            double score = seen * logGood / damping;
            double step = (logBad - logGood) / damping;
            double ratio = Math.exp(score);
            double factor = Math.exp(step);
            for (int bad = 0; bad <= seen; bad++) {
                long treated = block.count(Arm.TREATMENT, k);
                long users = treated + block.count(Arm.CONTROL, k);
                if (users > 0) {
                    growth += treated * score - users * Math.log(s * ratio + (1 - s));
                }
                score += step;
                ratio *= factor;
                k++;
            }
        }
        return growth;
    }
}
