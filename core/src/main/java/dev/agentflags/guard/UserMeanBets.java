package dev.agentflags.guard;

import java.util.Arrays;

/** Bets on the mean share of bad outcomes per closed {@link UserOutcome}: what the two kinds of them have in common. */
abstract sealed class UserMeanBets extends RateBets permits UserMarginBets, UserToleranceBets {

    private static final double[] STAKES = Doubles.geometric(0.95, Math.pow(0.05 / 0.95, 1.0 / 7), 8);

    private static final double[] SHARES = Arrays.stream(UserOutcome.all())
            .mapToDouble(user -> (double) user.bad() / user.seen())
            .toArray();

    UserMeanBets(StartRate start, Margin margin) {
        super(start, margin);
    }

    @Override
    public final int categories() {
        return UserOutcome.CATEGORIES;
    }

    @Override
    final double[] prior() {
        return Doubles.even(STAKES.length);
    }

    @Override
    final Effect effect(int g, ControlMemory memory) {
        return new Effect.Means(stake(g));
    }

    /** Returns what part of the highest possible stake strategy {@code g} bets. */
    static double stake(int g) {
        return STAKES[g];
    }

    /** Remembers shares, one for each user of the control: the good part and the bad part. */
    @Override
    final ControlMemory remember(Counts block, ControlMemory before) {
        double bad = 0;
        for (int k = 0; k < SHARES.length; k++) {
            bad += block.count(Arm.CONTROL, k) * SHARES[k];
        }
        return before.plus(block.units(Arm.CONTROL) - bad, bad);
    }

    /** Returns the logarithm of the product of {@code 1 + stake·(centre - x)} over an arm's users, x being a user's share. */
    static double growth(Counts block, Arm arm, double stake, double centre) {
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
