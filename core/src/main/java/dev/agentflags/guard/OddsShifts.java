package dev.agentflags.guard;

/** Thirteen rates that are worse than a given one, from slightly to total failure. */
final class OddsShifts {

    /** λ: by how much the logarithm of the odds rises; from 8 % higher odds to "everything fails". */
    private static final double[] SHIFTS = Doubles.geometric(0.08, 1.5, 13);

    private static final double[] ODDS_RATIOS = Doubles.exp(SHIFTS);

    /** Capital goes where regressions are common and small ones can be told at all. */
    private static final double[] PRIOR =
            Doubles.shares(0.3, 0.5, 0.8, 1.1, 1.4, 1.5, 1.4, 1.1, 0.7, 0.4, 0.3, 0.3, 0.3);

    private OddsShifts() {}

    static double[] prior() {
        return PRIOR.clone();
    }

    /** Returns the odds of a rate, worsened by shift {@code g}. */
    static double odds(double rate, int g) {
        return rate / (1 - rate) * ODDS_RATIOS[g];
    }
}
