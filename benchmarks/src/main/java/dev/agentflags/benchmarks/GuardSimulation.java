package dev.agentflags.benchmarks;

import dev.agentflags.benchmarks.RolloutRuns.End;
import dev.agentflags.benchmarks.RolloutRuns.Rollout;
import dev.agentflags.guard.Bets;
import dev.agentflags.guard.BinaryBets;
import dev.agentflags.guard.BinaryMarginBets;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.Levels;
import dev.agentflags.guard.Margin;
import dev.agentflags.guard.OrderedBets;
import dev.agentflags.guard.OrderedMarginBets;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.StartShares;
import dev.agentflags.guard.UserBets;
import dev.agentflags.guard.UserMarginBets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Simulates guarded rollouts and prints how often the guard is wrong and how soon it is right, as tables in Markdown.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar dev.agentflags.benchmarks.GuardSimulation [--quick] [section ...]}. Seeds are fixed: the
 * same arguments give the same numbers. Where a table has a column "to reach", it is what the method's first, independent
 * simulation came to.
 */
public final class GuardSimulation {

    private static final double[] RATES = {0.01, 0.05, 0.10, 0.20};
    private static final double[] SHARES = {0.01, 0.05, 0.25, 0.50};
    private static final double ALPHA = 0.01;
    private static final double ALPHA_5 = 0.05;
    private static final double ALPHA_ADVANCE = 0.05;
    private static final Bets BINARY = new BinaryBets(StartRate.UNKNOWN, Margin.NONE);

    /** Events after which an undetected regression counts as never found. */
    private static final int FAR = 1_000_000;

    private final Runs nullRuns;
    private final Runs powerRuns;
    private final Runs slowRuns;
    private final int horizon;
    private final int movingHorizon;

    private GuardSimulation(boolean quick) {
        this.nullRuns = new Runs(quick ? 200 : 2_000);
        this.powerRuns = new Runs(quick ? 500 : 4_000);
        this.slowRuns = new Runs(quick ? 100 : 1_000);
        this.horizon = quick ? 100_000 : 1_000_000;
        this.movingHorizon = quick ? 50_000 : 300_000;
    }

    /** Takes {@code --quick} for a tenth of the runs over a tenth of the events, and names of sections to print only those. */
    public static void main(String[] args) {
        long start = System.nanoTime();
        List<String> wanted =
                Arrays.stream(args).filter(arg -> !arg.startsWith("--")).toList();
        boolean quick = List.of(args).contains("--quick");
        System.out.println(
                "Simulated " + (quick ? "quickly" : "in full") + ": Java " + System.getProperty("java.version") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors.");
        new GuardSimulation(quick).sections().forEach((name, section) -> {
            if (wanted.isEmpty() || wanted.contains(name)) {
                section.run();
            }
        });
        System.out.printf("%nTook %,d seconds.%n", (System.nanoTime() - start) / 1_000_000_000);
    }

    private Map<String, Runnable> sections() {
        Map<String, Runnable> sections = new LinkedHashMap<>();
        sections.put("detection", this::detection);
        sections.put("failure", this::totalFailure);
        sections.put("late", this::late);
        sections.put("rollouts", this::rollouts);
        sections.put("latency", this::latency);
        sections.put("users", this::users);
        sections.put("advance", this::advance);
        sections.put("moving", this::movingWorlds);
        sections.put("alike", this::usersAlike);
        sections.put("others", this::others);
        sections.put("null", this::falseAlarms);
        return sections;
    }

    private static String both(double[] highest) {
        return Table.percent(Runs.alarms(highest, ALPHA_5)) + " / " + Table.percent(Runs.alarms(highest, ALPHA));
    }

    private void falseAlarms() {
        Table.head(
                "False alarms without a difference, α = 5 % / 1 %: " + Table.number(nullRuns.count()) + " runs of "
                        + Table.number(horizon) + " events, looked at after every block",
                "base rate",
                "share 1 %",
                "share 5 %",
                "share 25 %",
                "share 50 %");
        for (double rate : RATES) {
            String[] cells = Arrays.stream(SHARES)
                    .mapToObj(share -> both(nullRuns.highest(World.constant(rate, share), horizon, this::guard)))
                    .toArray(String[]::new);
            Table.row(Table.percent(rate), cells[0], cells[1], cells[2], cells[3]);
        }
    }

    private GuardRule guard() {
        return new GuardRule(BINARY, ALPHA);
    }

    private void movingWorlds() {
        Table.head(
                "False alarms while everything moves, α = 5 % / 1 %: " + Table.number(nullRuns.count()) + " runs of "
                        + Table.number(movingHorizon) + " events, base 5 %",
                "world",
                "share 5 %",
                "share 50 %");
        List<Function<Double, World>> worlds = List.of(
                share -> World.drift(0.05, 0.10, movingHorizon, share),
                share -> World.outage(0.05, movingHorizon, share),
                share -> World.bursts(0.05, share),
                share -> World.wave(0.05, movingHorizon / 10, share),
                share -> World.wave(0.05, 40, share));
        for (Function<Double, World> world : worlds) {
            Table.row(
                    world.apply(0.5).name(),
                    both(nullRuns.highest(world.apply(0.05), movingHorizon, this::guard)),
                    both(nullRuns.highest(world.apply(0.5), movingHorizon, this::guard)));
        }
        World ramp = World.ramp(0.02, 0.06, movingHorizon);
        Table.row(ramp.name(), both(nullRuns.highest(ramp, movingHorizon, this::guard)), "");
    }

    private void usersAlike() {
        Table.head(
                "False alarms with users who have five turns in the mean: " + Table.number(nullRuns.count())
                        + " runs of " + Table.number(movingHorizon) + " events, base 5 %",
                "correlation",
                "share",
                "a bet for each user, α = 5 % / 1 %",
                "turns as if independent, α = 1 %");
        for (double correlation : new double[] {0.1, 0.3}) {
            for (double share : new double[] {0.05, 0.5}) {
                var users = new UserRuns(nullRuns, 5, correlation);
                Table.row(
                        correlation,
                        Table.percent(share),
                        both(users.highest(0.05, 0.05, share, movingHorizon, USERS, ALPHA)),
                        Table.percent(Runs.alarms(users.loneTurns(0.05, 0.05, share, movingHorizon, BINARY, ALPHA))));
            }
        }
    }

    private static final Bets USERS = new UserBets(StartRate.UNKNOWN);

    private void others() {
        Table.head(
                "False alarms of other rules on the same streams: " + Table.number(nullRuns.count()) + " runs of "
                        + Table.number(horizon) + " events, base 5 %, share 5 %",
                "world",
                "this engine, α = 1 %",
                "z-test at 1 % after every event",
                "fixed limit 5 % (Argo's example)",
                "fixed limit 1 % (Flagger's example)");
        for (World world : List.of(World.constant(0.05, 0.05), World.drift(0.05, 0.10, horizon, 0.05))) {
            Table.row(
                    world.name(),
                    Table.percent(Runs.alarms(nullRuns.delays(world, horizon, this::guard))),
                    Table.percent(Runs.alarms(nullRuns.delays(world, horizon, ZTest::of99))),
                    Table.percent(Runs.alarms(nullRuns.delays(world, horizon, FixedThreshold::argo))),
                    Table.percent(Runs.alarms(nullRuns.delays(world, horizon, FixedThreshold::flagger))));
        }
    }

    /** A regression, and the median number of treated outcomes until it is found, to reach. */
    private record Regression(double control, double treatment, double share, double toReach) {

        World world() {
            return World.regression(control, treatment, share);
        }

        String text() {
            return Table.percent(control) + " → " + Table.percent(treatment) + ", share " + Table.percent(share);
        }

        /**
         * The least that any test could need in the mean: {@code ln(1/α)/[KL(p_T‖p0) + (1-π)/π·KL(p_C‖p0)]}, p0 being the
         * mean rate.
         */
        double bound() {
            double mean = share * treatment + (1 - share) * control;
            return -Math.log(ALPHA) / (divergence(treatment, mean) + (1 - share) / share * divergence(control, mean));
        }

        private static double divergence(double p, double q) {
            return p * Math.log(p / q) + (p == 1 ? 0 : (1 - p) * Math.log((1 - p) / (1 - q)));
        }
    }

    private void detection() {
        Table.head(
                "Treated outcomes until the alarm, median (95th percentile), α = 1 %: "
                        + Table.number(powerRuns.count()) + " runs",
                "rate of bad outcomes",
                "bound",
                "to reach",
                "this engine",
                "z-test after every event",
                "fixed limit 5 % (Argo)",
                "fixed limit 1 % (Flagger)");
        List<Regression> regressions = List.of(
                new Regression(0.05, 0.07, 0.05, 1_530),
                new Regression(0.05, 0.10, 0.05, 292),
                new Regression(0.05, 0.15, 0.05, 91),
                new Regression(0.05, 0.10, 0.50, 645),
                new Regression(0.05, 0.15, 0.50, 226),
                new Regression(0.02, 1.00, 0.05, 3),
                new Regression(0.05, 0.55, 0.05, 9),
                new Regression(0.05, 0.10, 0.01, 260),
                new Regression(0.02, 0.04, 0.05, 711),
                new Regression(0.01, 0.02, 0.25, 1_996),
                new Regression(0.10, 0.12, 0.50, 5_844),
                new Regression(0.20, 0.25, 0.05, 803),
                new Regression(0.20, 0.30, 0.50, 445));
        for (Regression regression : regressions) {
            World world = regression.world();
            Table.row(
                    regression.text(),
                    Table.number(regression.bound()),
                    Table.number(regression.toReach()),
                    Table.delays(powerRuns.delays(world, FAR, this::guard)),
                    Table.delays(powerRuns.delays(world, FAR, ZTest::of99)),
                    Table.delays(powerRuns.delays(world, FAR / 4, FixedThreshold::argo)),
                    Table.delays(powerRuns.delays(world, FAR / 4, FixedThreshold::flagger)));
        }
    }

    private void totalFailure() {
        Table.head(
                "Total failure: treated outcomes until the alarm, median/95th percentile, α = 1 %; to reach in brackets",
                "base rate", "share 1 %", "share 5 %", "share 25 %", "share 50 %");
        String[][] toReach = {
            {"3/3", "3/5", "5/8", "8/13"}, {"3/4", "4/5", "6/10", "9/15"}, {"4/5", "5/6", "7/11", "10/18"}
        };
        for (int i = 0; i < toReach.length; i++) {
            String[] cells = new String[SHARES.length];
            for (int j = 0; j < SHARES.length; j++) {
                double[] delays = powerRuns.delays(World.regression(RATES[i], 1, SHARES[j]), 100_000, this::guard);
                cells[j] =
                        Table.quantile(0.5, delays) + "/" + Table.quantile(0.95, delays) + " (" + toReach[i][j] + ")";
            }
            Table.row(Table.percent(RATES[i]), cells[0], cells[1], cells[2], cells[3]);
        }
    }

    private void late() {
        int onset = 200_000;
        Table.head(
                "Regressions after 200,000 clean events: treated outcomes from then on, median (95th percentile), α = 1 %: "
                        + Table.number(slowRuns.count()) + " runs",
                "rate of bad outcomes",
                "to reach",
                "this engine");
        List<Regression> regressions = List.of(
                new Regression(0.05, 0.07, 0.05, 3_184),
                new Regression(0.05, 0.10, 0.05, 696),
                new Regression(0.05, 0.55, 0.05, 25),
                new Regression(0.05, 0.10, 0.50, 1_622),
                new Regression(0.05, 0.55, 0.50, 105));
        for (Regression regression : regressions) {
            double[] delays = slowRuns.delaysAfter(onset, regression.world(), FAR, this::guard);
            Table.row(
                    regression.text(),
                    Table.number(regression.toReach()),
                    Table.delays(
                            Arrays.stream(delays).filter(delay -> delay > 0).toArray()));
        }
    }

    private void users() {
        Table.head(
                "Users who have five turns in the mean, 5 % → 10 %: treated turns until the alarm, median (95th percentile), α = 1 %: "
                        + Table.number(slowRuns.count()) + " runs",
                "correlation",
                "share",
                "to reach",
                "this engine");
        record Given(double correlation, double share, int toReach) {}
        for (Given given : List.of(new Given(0.1, 0.05, 540), new Given(0.3, 0.05, 826), new Given(0.3, 0.5, 1_744))) {
            Table.row(
                    given.correlation(),
                    Table.percent(given.share()),
                    Table.number(given.toReach()),
                    Table.delays(new UserRuns(slowRuns, 5, given.correlation())
                            .turns(0.05, 0.10, given.share(), FAR, USERS, ALPHA)));
        }
    }

    private void latency() {
        Table.head(
                "Latency, lognormal: treated outcomes until the alarm, median (95th percentile), α = 1 %: "
                        + Table.number(slowRuns.count()) + " runs",
                "harm",
                "to reach at 5 %",
                "share 5 %",
                "to reach at 50 %",
                "share 50 %");
        record Given(String name, LatencyRuns.Harm harm, int at5, int at50) {}
        List<Given> all = List.of(
                new Given("× 1.1 everywhere", LatencyRuns.times(1.1), 1_475, 2_850),
                new Given("× 1.2 everywhere", LatencyRuns.times(1.2), 419, 828),
                new Given("× 1.5 everywhere", LatencyRuns.times(1.5), 87, 189),
                new Given("the slowest 2 % take 3 ×", LatencyRuns.slowestTake(2.0537, 3), 328, 1_063),
                new Given("the slowest 1 % take 10 ×", LatencyRuns.slowestTake(2.3263, 10), 277, 1_165),
                new Given("5 % of calls hang (30 ×)", LatencyRuns.someTake(0.05, 30), 115, 389));
        var runs = new LatencyRuns(slowRuns);
        for (Given given : all) {
            Table.row(
                    given.name(),
                    Table.number(given.at5()),
                    Table.delays(latencyDelays(runs, given.harm(), 0.05)),
                    Table.number(given.at50()),
                    Table.delays(latencyDelays(runs, given.harm(), 0.5)));
        }
        LatencyRuns.Harm none = LatencyRuns.times(1);
        Table.row(
                "none: false alarms within " + Table.number(movingHorizon) + " events",
                "0.2 %",
                Table.percent(Runs.alarms(runs.delays(none, 0.05, movingHorizon, 0, GuardSimulation::ordered, ALPHA))),
                "0 %",
                Table.percent(Runs.alarms(runs.delays(none, 0.5, movingHorizon, 0, GuardSimulation::ordered, ALPHA))));
    }

    private static double[] latencyDelays(LatencyRuns runs, LatencyRuns.Harm harm, double share) {
        return runs.delays(harm, share, FAR / 5, 0, GuardSimulation::ordered, ALPHA);
    }

    private static Bets ordered(Bins bins) {
        return new OrderedBets(StartShares.of(bins));
    }

    private void advance() {
        Table.head(
                "Safe to advance at 5 %: treated outcomes until it is shown if the arms are alike, median (95th percentile); how often if the treatment is just beyond the margin: "
                        + Table.number(powerRuns.count()) + " runs",
                "baseline + margin",
                "share",
                "to reach",
                "this engine",
                "wrongly");
        record Given(double rate, double points, double share, int toReach) {}
        List<Given> all = List.of(
                new Given(0.05, 0.10, 0.01, 54),
                new Given(0.05, 0.05, 0.05, 174),
                new Given(0.05, 0.02, 0.25, 1_076),
                new Given(0.05, 0.01, 0.50, 5_813),
                new Given(0.02, 0.02, 0.05, 445),
                new Given(0.02, 0.01, 0.50, 2_583),
                new Given(0.10, 0.05, 0.05, 265),
                new Given(0.20, 0.05, 0.25, 559));
        for (Given given : all) {
            var bets = new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(given.points()));
            double beyond = given.rate() + given.points();
            Table.row(
                    Table.percent(given.rate()) + " + " + Table.percent(given.points()),
                    Table.percent(given.share()),
                    Table.number(given.toReach()),
                    Table.delays(powerRuns.delays(
                            World.constant(given.rate(), given.share()),
                            FAR,
                            () -> new GuardRule(bets, ALPHA_ADVANCE))),
                    Table.percent(Runs.alarms(powerRuns.delays(
                            World.regression(given.rate(), beyond, given.share()),
                            movingHorizon / 3,
                            () -> new GuardRule(bets, ALPHA_ADVANCE)))));
        }
        advanceOfUsersAndLatency();
    }

    private void advanceOfUsersAndLatency() {
        int[] usersToReach = {160, 191, 257};
        int[] latencyToReach = {309, 412, 603};
        double[] shares = {0.05, 0.25, 0.5};
        Bets bets = new UserMarginBets(StartRate.UNKNOWN, 0.05);
        var users = new UserRuns(slowRuns, 5, 0.3);
        var latencies = new LatencyRuns(slowRuns);
        for (int i = 0; i < shares.length; i++) {
            Table.row(
                    "users, correlation 0.3: 5 % + 5 %",
                    Table.percent(shares[i]),
                    Table.number(usersToReach[i]),
                    Table.delays(users.users(0.05, 0.05, shares[i], FAR, bets, ALPHA_ADVANCE)),
                    Table.percent(
                            Runs.alarms(users.users(0.05, 0.10, shares[i], movingHorizon / 3, bets, ALPHA_ADVANCE))));
        }
        for (int i = 0; i < shares.length; i++) {
            Table.row(
                    "latency × 1.2",
                    Table.percent(shares[i]),
                    Table.number(latencyToReach[i]),
                    Table.delays(latencies.delays(
                            LatencyRuns.times(1),
                            shares[i],
                            FAR / 5,
                            0.2,
                            GuardSimulation::orderedMargin,
                            ALPHA_ADVANCE)),
                    Table.percent(Runs.alarms(latencies.delays(
                            LatencyRuns.times(1.2),
                            shares[i],
                            movingHorizon / 6,
                            0.2,
                            GuardSimulation::orderedMargin,
                            ALPHA_ADVANCE))));
        }
    }

    private static Bets orderedMargin(Bins bins) {
        return new OrderedMarginBets(StartShares.of(bins));
    }

    private void rollouts() {
        int events = 100_000;
        Table.head(
                "Whole rollouts 1-5-25-50-100 %, base 5 %, at most " + Table.number(events) + " events, α = 1 %: "
                        + Table.number(slowRuns.count()) + " runs",
                "the new behaviour",
                "shipped",
                "killed",
                "undecided",
                "events until shipped",
                "treated until killed, median (95th)",
                "extra bad outcomes until killed, mean");
        var runs = new RolloutRuns(slowRuns, events);
        World.Moving steady = event -> 0.05;
        rollout("harmless", runs, steady, 0);
        rollout("harmless, baseline drifts 5 % → 9 %", runs, event -> 0.05 + 0.04 * event / events, 0);
        for (double points : new double[] {0.01, 0.02, 0.05, 0.10, 0.50, 0.95}) {
            rollout(points == 0.95 ? "total failure" : "+ " + Table.percent(points), runs, steady, points);
        }
    }

    private static void rollout(String name, RolloutRuns runs, World.Moving control, double points) {
        List<Rollout> rollouts = runs.of(control, rate -> rate + points, Levels.DEFAULT);
        double[] killed = of(rollouts, End.KILLED, Rollout::treated);
        double[] shipped = of(rollouts, End.SHIPPED, Rollout::events);
        double all = rollouts.size();
        double extra = Arrays.stream(killed).average().orElse(0) * points;
        Table.row(
                name,
                Table.percent(shipped.length / all),
                Table.percent(killed.length / all),
                Table.percent((all - shipped.length - killed.length) / all),
                shipped.length == 0 ? "—" : Table.quantile(0.5, shipped),
                killed.length == 0 ? "—" : Table.delays(killed),
                points == 0 ? "—" : String.format(Locale.ROOT, "%.1f", extra));
    }

    private static double[] of(List<Rollout> rollouts, End end, ToDoubleFunction<Rollout> number) {
        return rollouts.stream()
                .filter(rollout -> rollout.end() == end)
                .mapToDouble(number)
                .toArray();
    }
}
