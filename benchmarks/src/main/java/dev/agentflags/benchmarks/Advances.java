package dev.agentflags.benchmarks;

import static dev.agentflags.benchmarks.Figures.delays;
import static dev.agentflags.benchmarks.Figures.isNear;
import static dev.agentflags.benchmarks.Figures.median;
import static dev.agentflags.benchmarks.Figures.number;
import static dev.agentflags.benchmarks.Figures.percent;
import static dev.agentflags.benchmarks.Figures.quantile;
import static dev.agentflags.benchmarks.Figures.ratio;
import static dev.agentflags.benchmarks.Page.judged;
import static dev.agentflags.benchmarks.Sizes.FAR;
import static dev.agentflags.benchmarks.Sizes.SHARES;

import dev.agentflags.guard.Bets;
import dev.agentflags.guard.BinaryMarginBets;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.Margin;
import dev.agentflags.guard.OrderedMarginBets;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.StartShares;
import dev.agentflags.guard.UserMarginBets;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon it is shown that it is safe to advance, and how often wrongly.
 *
 * @param sizes of the simulation
 */
record Advances(Sizes sizes) {

    private static final double ALPHA = 0.05;

    /** Of good and bad outcomes, where it is known what can be reached. */
    void known(Page page) {
        page.head(
                "Safe to advance, α = 5 %: treated outcomes until it is shown if the arms are alike, median (95th percentile); how often if the treatment is just beyond the margin: "
                        + number(sizes.regressions().count()) + " runs",
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
                new Given(0.02, 0.01, 0.05, 1_391),
                new Given(0.02, 0.01, 0.50, 2_583),
                new Given(0.10, 0.05, 0.05, 265),
                new Given(0.20, 0.05, 0.25, 559));
        for (Given given : all) {
            row(
                    page,
                    percent(given.rate()) + " + " + percent(given.points()),
                    given.share(),
                    given.toReach(),
                    alike(given.rate(), given.points(), given.share(), sizes.regressions()),
                    wrongly(given.rate(), given.points(), given.share(), sizes.regressions()),
                    sizes.regressions().count());
        }
        usersAndLatency(page);
    }

    private static void row(
            Page page, String what, double share, int toReach, double[] delays, double wrongly, int runs) {
        page.row(
                what,
                percent(share),
                number(toReach),
                judged(delays(delays), isNear(toReach, median(delays))),
                judged(percent(wrongly), Figures.isWithin(ALPHA, wrongly, runs)));
    }

    private static double[] alike(double rate, double points, double share, Runs runs) {
        return runs.delays(World.constant(rate, share), FAR, () -> guard(points));
    }

    private double wrongly(double rate, double points, double share, Runs runs) {
        int horizon = share < 0.05 ? sizes.movingHorizon() : sizes.movingHorizon() / 3;
        return Runs.alarms(runs.delays(World.regression(rate, rate + points, share), horizon, () -> guard(points)));
    }

    private static GuardRule guard(double points) {
        return new GuardRule(new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(points)), ALPHA);
    }

    private void usersAndLatency(Page page) {
        int[] usersToReach = {160, 191, 257};
        int[] latencyToReach = {309, 412, 603};
        double[] shares = {0.05, 0.25, 0.5};
        Bets bets = new UserMarginBets(StartRate.UNKNOWN, 0.05);
        var users = new UserRuns(sizes.slow(), 5, 0.3);
        var latencies = new LatencyRuns(sizes.slow());
        int runs = sizes.slow().count();
        for (int i = 0; i < shares.length; i++) {
            row(
                    page,
                    "users, correlation 0.3: 5 % + 5 %",
                    shares[i],
                    usersToReach[i],
                    users.users(0.05, 0.05, shares[i], FAR, bets, ALPHA),
                    Runs.alarms(users.users(0.05, 0.10, shares[i], sizes.movingHorizon() / 3, bets, ALPHA)),
                    runs);
        }
        for (int i = 0; i < shares.length; i++) {
            row(
                    page,
                    "latency × 1.2",
                    shares[i],
                    latencyToReach[i],
                    latencies.delays(LatencyRuns.times(1), shares[i], FAR / 5, 0.2, Advances::ordered, ALPHA),
                    Runs.alarms(latencies.delays(
                            LatencyRuns.times(1.2),
                            shares[i],
                            sizes.movingHorizon() / 3,
                            0.2,
                            Advances::ordered,
                            ALPHA)),
                    runs);
        }
    }

    private static Bets ordered(Bins bins) {
        return new OrderedMarginBets(StartShares.of(bins));
    }

    /** Forty cells against the bound. */
    void grid(Page page) {
        Runs runs = sizes.slow();
        page.head(
                "Safe to advance, α = 5 %: median of treated outcomes if the arms are alike, how many times the bound, and how often wrongly: "
                        + number(runs.count()) + " runs",
                "baseline + margin",
                "share 1 %",
                "share 5 %",
                "share 25 %",
                "share 50 %");
        double[][] cells = {
            {0.05, 0.10}, {0.05, 0.05}, {0.05, 0.02}, {0.05, 0.01}, {0.02, 0.02},
            {0.02, 0.01}, {0.01, 0.01}, {0.10, 0.05}, {0.10, 0.02}, {0.20, 0.05}
        };
        List<Double> ratios = new ArrayList<>();
        List<Double> wrongs = new ArrayList<>();
        for (double[] cell : cells) {
            Object[] row = new Object[SHARES.length + 1];
            row[0] = percent(cell[0]) + " + " + percent(cell[1]);
            for (int i = 0; i < SHARES.length; i++) {
                row[i + 1] = cell(cell[0], cell[1], SHARES[i], ratios, wrongs);
            }
            page.row(row);
        }
        double[] all = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        double wrong =
                wrongs.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        page.say("Median of the ratios: " + ratio(median(all)) + ". Highest (to reach: 1.21): "
                + judged(ratio(quantile(1, all)), quantile(1, all) <= 1.21 * 1.05) + ". Wrongly in the mean: "
                + percent(wrong) + ".");
    }

    private String cell(double rate, double points, double share, List<Double> ratios, List<Double> wrongs) {
        double median = median(alike(rate, points, share, sizes.slow()));
        double wrong = wrongly(rate, points, share, sizes.slow());
        double ratio = median / Bound.ofAdvance(rate, points, share, ALPHA);
        ratios.add(ratio);
        wrongs.add(wrong);
        return judged(
                number(median) + ": " + ratio(ratio) + "; " + percent(wrong),
                Figures.isWithin(ALPHA, wrong, sizes.slow().count()));
    }
}
