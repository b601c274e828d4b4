package dev.agentflags.benchmarks;

import dev.agentflags.guard.Bets;
import dev.agentflags.guard.UserOutcome;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Many runs in which users come one after the other, keep their arm, and have a geometric number of outcomes, bad at a rate of
 * the user's own: it has a beta distribution around the arm's rate.
 *
 * @param runs how many
 * @param mean number of outcomes of a user
 * @param icc correlation of the outcomes of one user, above 0 and below 1
 */
record UserRuns(Runs runs, double mean, double icc) {

    /** What is bet on and counted. */
    private enum Unit {
        TURNS,
        LONE_TURNS,
        USERS,
        EVIDENCE
    }

    /** Returns, for each run, how many treated <em>turns</em> there were at the alarm; infinite if there was none. */
    double[] turns(double control, double treatment, double share, int horizon, Bets bets, double alpha) {
        return runs.of(run(control, treatment, share, horizon, bets, alpha, Unit.TURNS));
    }

    /** Returns the same for bets on each turn, as if they had nothing to do with each other. */
    double[] loneTurns(double control, double treatment, double share, int horizon, Bets bets, double alpha) {
        return runs.of(run(control, treatment, share, horizon, bets, alpha, Unit.LONE_TURNS));
    }

    /** Returns, for each run, how many treated <em>users</em> there were at the alarm; infinite if there was none. */
    double[] users(double control, double treatment, double share, int horizon, Bets bets, double alpha) {
        return runs.of(run(control, treatment, share, horizon, bets, alpha, Unit.USERS));
    }

    /** Returns, for each run, the logarithm of the most evidence that there ever was, up to 1/α. */
    double[] highest(double control, double treatment, double share, int horizon, Bets bets, double alpha) {
        return runs.of(run(control, treatment, share, horizon, bets, alpha, Unit.EVIDENCE));
    }

    private ToDoubleFunction<SplittableRandom> run(
            double control, double treatment, double share, int horizon, Bets bets, double alpha, Unit unit) {
        return random -> {
            var rule = new GuardRule(bets, alpha);
            int treatedTurns = 0;
            int treatedUsers = 0;
            for (int event = 0; event < horizon; ) {
                boolean treated = random.nextDouble() < share;
                int turns = turns(random);
                event += turns;
                treatedTurns += treated ? turns : 0;
                treatedUsers += treated ? 1 : 0;
                UserOutcome user = user(turns, treated ? treatment : control, random);
                if (unit == Unit.LONE_TURNS ? alarms(rule, treated, user) : rule.alarms(treated, user.category())) {
                    return switch (unit) {
                        case TURNS, LONE_TURNS -> treatedTurns;
                        case USERS -> treatedUsers;
                        case EVIDENCE -> rule.highest();
                    };
                }
            }
            return unit == Unit.EVIDENCE ? rule.highest() : Double.POSITIVE_INFINITY;
        };
    }

    private static boolean alarms(GuardRule rule, boolean treated, UserOutcome user) {
        boolean alarms = false;
        for (int turn = 0; turn < user.seen() && !alarms; turn++) {
            alarms = rule.alarms(treated, turn < user.bad());
        }
        return alarms;
    }

    private int turns(SplittableRandom random) {
        return 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / mean));
    }

    private UserOutcome user(int turns, double rate, SplittableRandom random) {
        double own = Draws.beta(rate * (1 - icc) / icc, (1 - rate) * (1 - icc) / icc, random);
        UserOutcome user = UserOutcome.NONE;
        for (int turn = 0; turn < Math.min(turns, UserOutcome.MAX_SEEN); turn++) {
            user = user.with(random.nextDouble() < own);
        }
        return user;
    }
}
