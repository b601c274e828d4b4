package dev.agentflags.benchmarks;

import static dev.agentflags.benchmarks.Figures.number;
import static dev.agentflags.benchmarks.Figures.percent;
import static dev.agentflags.benchmarks.Page.judged;
import static dev.agentflags.benchmarks.Sizes.ALPHA;
import static dev.agentflags.benchmarks.Sizes.ALPHA_5;
import static dev.agentflags.benchmarks.Sizes.SHARES;

import dev.agentflags.guard.Bets;
import dev.agentflags.guard.BinaryBets;
import dev.agentflags.guard.Margin;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.UserBets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How often a harmless treatment is called worse.
 *
 * @param sizes of the simulation
 */
record FalseAlarms(Sizes sizes) {

    private static final double[] RATES = {0.01, 0.05, 0.10, 0.20};
    private static final Bets BINARY = new BinaryBets(StartRate.UNKNOWN, Margin.NONE);
    private static final Bets USERS = new UserBets(StartRate.UNKNOWN);

    /** Nothing moves. */
    void constant(Page page) {
        page.head(
                "False alarms without a difference, α = 5 % / 1 %: " + runs(sizes.horizon())
                        + ", looked at after every block",
                "base rate",
                "share 1 %",
                "share 5 %",
                "share 25 %",
                "share 50 %");
        for (double rate : RATES) {
            Object[] cells = new Object[SHARES.length + 1];
            cells[0] = percent(rate);
            for (int i = 0; i < SHARES.length; i++) {
                cells[i + 1] = both(
                        sizes.harmless().highest(World.constant(rate, SHARES[i]), sizes.horizon(), FalseAlarms::guard));
            }
            page.row(cells);
        }
    }

    private String runs(int horizon) {
        return number(sizes.harmless().count()) + " runs of " + number(horizon) + " events";
    }

    static GuardRule guard() {
        return new GuardRule(BINARY, ALPHA);
    }

    private String both(double[] highest) {
        double at5 = Runs.alarms(highest, ALPHA_5);
        double at1 = Runs.alarms(highest, ALPHA);
        int runs = sizes.harmless().count();
        return judged(
                percent(at5) + " / " + percent(at1),
                Figures.isWithin(ALPHA_5, at5, runs) && Figures.isWithin(ALPHA, at1, runs));
    }

    /** Everything moves. */
    void moving(Page page) {
        int horizon = sizes.movingHorizon();
        page.head(
                "False alarms while everything moves, base 5 %, α = 5 % / 1 %: " + runs(horizon)
                        + "; beside it on the streams at a share of 5 %",
                "world",
                "share 5 %",
                "share 50 %",
                "z-test at 1 % after every event",
                "fixed limit 5 % (Argo's example)",
                "fixed limit 1 % (Flagger's example)");
        List<Function<Double, World>> worlds = List.of(
                share -> World.drift(0.05, 0.10, horizon, share),
                share -> World.outage(0.05, horizon, share),
                share -> World.bursts(0.05, share),
                share -> World.wave(0.05, horizon / 10, share),
                share -> World.wave(0.05, 40, share),
                World::clockwork,
                share -> World.volume(2, 0.05, horizon, share),
                share -> World.volume(0.5, 0.05, horizon, share));
        for (Function<Double, World> world : worlds) {
            World few = world.apply(0.05);
            World half = world.apply(0.5);
            page.row(
                    few.name(),
                    both(sizes.harmless().highest(few, horizon, FalseAlarms::guard)),
                    both(sizes.harmless().highest(half, horizon, FalseAlarms::guard)),
                    alarms(few, horizon, ZTest::of99),
                    alarms(few, horizon, FixedThreshold::argo),
                    alarms(few, horizon, FixedThreshold::flagger));
        }
        World ramp = World.ramp(0.02, 0.06, horizon);
        page.row(
                ramp.name(),
                both(sizes.harmless().highest(ramp, horizon, FalseAlarms::guard)),
                "",
                alarms(ramp, horizon, ZTest::of99),
                alarms(ramp, horizon, FixedThreshold::argo),
                alarms(ramp, horizon, FixedThreshold::flagger));
    }

    private String alarms(World world, int horizon, Supplier<? extends StoppingRule> rule) {
        return percent(Runs.alarms(sizes.harmless().delays(world, horizon, rule)));
    }

    /** Users have several outcomes. */
    void users(Page page) {
        page.head(
                "False alarms with users who have five turns in the mean, base 5 %: " + runs(sizes.movingHorizon()),
                "correlation",
                "share",
                "a bet for each user, α = 5 % / 1 %",
                "turns as if independent, α = 1 %");
        for (double correlation : new double[] {0.1, 0.3}) {
            for (double share : new double[] {0.05, 0.5}) {
                var users = new UserRuns(sizes.harmless(), 5, correlation);
                page.row(
                        correlation,
                        percent(share),
                        both(users.highest(0.05, 0.05, share, sizes.movingHorizon(), USERS, ALPHA)),
                        percent(Runs.alarms(users.loneTurns(0.05, 0.05, share, sizes.movingHorizon(), BINARY, ALPHA))));
            }
        }
    }

    /** Other rules, for as long as the first table. */
    void others(Page page) {
        page.head(
                "False alarms of other rules on the same streams, base 5 %, share 5 %: " + runs(sizes.horizon()),
                "world",
                "this engine, α = 1 %",
                "z-test at 1 % after every event",
                "fixed limit 5 % (Argo's example)",
                "fixed limit 1 % (Flagger's example)");
        int horizon = sizes.horizon();
        for (World world : List.of(World.constant(0.05, 0.05), World.drift(0.05, 0.10, horizon, 0.05))) {
            page.row(
                    world.name(),
                    alarms(world, horizon, FalseAlarms::guard),
                    alarms(world, horizon, ZTest::of99),
                    alarms(world, horizon, FixedThreshold::argo),
                    alarms(world, horizon, FixedThreshold::flagger));
        }
    }
}
