package dev.agentflags.benchmarks;

import static dev.agentflags.benchmarks.Figures.delays;
import static dev.agentflags.benchmarks.Figures.isNear;
import static dev.agentflags.benchmarks.Figures.median;
import static dev.agentflags.benchmarks.Figures.number;
import static dev.agentflags.benchmarks.Figures.percent;
import static dev.agentflags.benchmarks.Figures.quantile;
import static dev.agentflags.benchmarks.Figures.ratio;
import static dev.agentflags.benchmarks.Page.judged;
import static dev.agentflags.benchmarks.Sizes.ALPHA;
import static dev.agentflags.benchmarks.Sizes.FAR;
import static dev.agentflags.benchmarks.Sizes.SHARES;

import dev.agentflags.guard.Bets;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.OrderedBets;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.StartShares;
import dev.agentflags.guard.UserBets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How soon a treatment that is worse is found.
 *
 * @param sizes of the simulation
 */
record Detections(Sizes sizes) {

    private static final Bets USERS = new UserBets(StartRate.UNKNOWN);

    /** A regression, and the median number of treated outcomes until it is found, to reach. */
    private record Regression(double control, double treatment, double share, double toReach) {

        World world() {
            return World.regression(control, treatment, share);
        }

        String text() {
            return percent(control) + " → " + percent(treatment) + ", share " + percent(share);
        }

        double bound() {
            return Bound.ofRegression(control, treatment, share, ALPHA);
        }

        String judgedDelays(double... delays) {
            return judged(delays(delays), isNear(toReach, median(delays)));
        }
    }

    /** Regressions of which it is known what can be reached, beside other rules. */
    void known(Page page) {
        Runs runs = sizes.regressions();
        page.head(
                "Treated outcomes until the alarm, median (95th percentile), α = 1 %: " + number(runs.count())
                        + " runs",
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
                new Regression(0.20, 0.25, 0.01, 700),
                new Regression(0.20, 0.25, 0.05, 803),
                new Regression(0.20, 0.25, 0.50, 1_642),
                new Regression(0.20, 0.30, 0.01, 182),
                new Regression(0.20, 0.30, 0.05, 205),
                new Regression(0.20, 0.30, 0.50, 445),
                new Regression(0.20, 0.40, 0.01, 51),
                new Regression(0.20, 0.40, 0.05, 62),
                new Regression(0.20, 0.40, 0.50, 139));
        for (Regression regression : regressions) {
            World world = regression.world();
            page.row(
                    regression.text(),
                    number(regression.bound()),
                    number(regression.toReach()),
                    regression.judgedDelays(runs.delays(world, FAR, FalseAlarms::guard)),
                    delays(runs.delays(world, FAR, ZTest::of99)),
                    delays(runs.delays(world, FAR / 4, FixedThreshold::argo)),
                    delays(runs.delays(world, FAR / 4, FixedThreshold::flagger)));
        }
    }

    /** A grid of regressions against the bound. */
    void grid(Page page) {
        Runs runs = sizes.slow();
        page.head(
                "Median of treated outcomes until the alarm, and how many times the bound, α = 1 %: "
                        + number(runs.count()) + " runs; where the bound is at least 20 and met in half of "
                        + number(FAR) + " events",
                "rate of bad outcomes",
                "share 1 %",
                "share 5 %",
                "share 25 %",
                "share 50 %");
        List<Double> ratios = new ArrayList<>();
        for (double control : new double[] {0.01, 0.02, 0.05, 0.10}) {
            for (double points : new double[] {0.01, 0.02, 0.05, 0.10, 0.50}) {
                Object[] cells = new Object[SHARES.length + 1];
                cells[0] = percent(control) + " → " + percent(control + points);
                for (int i = 0; i < SHARES.length; i++) {
                    cells[i + 1] = cell(control, control + points, SHARES[i], ratios);
                }
                page.row(cells);
            }
        }
        double[] all = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        page.say(all.length + " scenarios. Median of the ratios (to reach: 1.25): "
                + judged(ratio(median(all)), median(all) <= 1.25) + ". Highest (to reach: 1.70): "
                + judged(ratio(quantile(1, all)), quantile(1, all) <= 1.7) + ".");
    }

    private String cell(double control, double treatment, double share, List<Double> ratios) {
        double bound = Bound.ofRegression(control, treatment, share, ALPHA);
        if (bound < 20 || bound / share > FAR / 2.0) {
            return "";
        }
        double median =
                median(sizes.slow().delays(World.regression(control, treatment, share), FAR, FalseAlarms::guard));
        ratios.add(median / bound);
        return number(median) + ": " + ratio(median / bound);
    }

    /** Everything fails. */
    void totalFailure(Page page) {
        page.head(
                "Total failure: treated outcomes until the alarm, median/95th percentile, α = 1 %; to reach in brackets",
                "base rate", "share 1 %", "share 5 %", "share 25 %", "share 50 %");
        double[] rates = {0.01, 0.02, 0.05, 0.10};
        int[][] medians = {{4, 5, 7, 10}, {4, 5, 7, 10}, {4, 5, 7, 10}, {4, 5, 7, 10}};
        int[][] nearlyAll = {{5, 5, 11, 18}, {5, 5, 11, 18}, {5, 5, 11, 18}, {5, 6, 11, 18}};
        for (int i = 0; i < rates.length; i++) {
            Object[] cells = new Object[SHARES.length + 1];
            cells[0] = percent(rates[i]);
            for (int j = 0; j < SHARES.length; j++) {
                double[] delays = sizes.regressions()
                        .delays(World.regression(rates[i], 1, SHARES[j]), FAR / 10, FalseAlarms::guard);
                double median = median(delays);
                double most = quantile(0.95, delays);
                cells[j + 1] = judged(
                        number(median) + "/" + number(most) + " (" + medians[i][j] + "/" + nearlyAll[i][j] + ")",
                        median <= medians[i][j] && most <= nearlyAll[i][j]);
            }
            page.row(cells);
        }
    }

    /** The regression comes after a long time without one. */
    void late(Page page) {
        int onset = FAR / 5;
        page.head(
                "Regressions after " + number(onset)
                        + " clean events: treated outcomes from then on, median (95th percentile), α = 1 %: "
                        + number(sizes.slow().count()) + " runs",
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
            double[] delays = sizes.slow().delaysAfter(onset, regression.world(), FAR, FalseAlarms::guard);
            page.row(
                    regression.text(),
                    number(regression.toReach()),
                    regression.judgedDelays(
                            Arrays.stream(delays).filter(delay -> delay > 0).toArray()));
        }
    }

    /** Users have several outcomes. */
    void users(Page page) {
        page.head(
                "Users who have five turns in the mean, 5 % → 10 %: treated turns until the alarm, median (95th percentile), α = 1 %: "
                        + number(sizes.slow().count()) + " runs",
                "correlation",
                "share",
                "to reach",
                "this engine");
        record Given(double correlation, double share, int toReach) {}
        for (Given given : List.of(new Given(0.1, 0.05, 540), new Given(0.3, 0.05, 826), new Given(0.3, 0.5, 1_744))) {
            double[] delays = new UserRuns(sizes.slow(), 5, given.correlation())
                    .turns(0.05, 0.10, given.share(), FAR, USERS, ALPHA);
            page.row(
                    given.correlation(),
                    percent(given.share()),
                    number(given.toReach()),
                    judged(delays(delays), isNear(given.toReach(), median(delays))));
        }
    }

    /** Heavy tails. */
    void latency(Page page) {
        page.head(
                "Latency, lognormal: treated outcomes until the alarm, median (95th percentile), α = 1 %: "
                        + number(sizes.slow().count()) + " runs",
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
        for (Given given : all) {
            page.row(
                    given.name(),
                    number(given.at5()),
                    slowness(given.harm(), 0.05, given.at5()),
                    number(given.at50()),
                    slowness(given.harm(), 0.5, given.at50()));
        }
        page.row(
                "none: false alarms within " + number(sizes.movingHorizon()) + " events",
                "1 %",
                harmless(0.05),
                "1 %",
                harmless(0.5));
    }

    private String slowness(LatencyRuns.Harm harm, double share, double toReach) {
        double[] delays = new LatencyRuns(sizes.slow()).delays(harm, share, FAR / 5, 0, Detections::ordered, ALPHA);
        return judged(delays(delays), isNear(toReach, median(delays)));
    }

    private String harmless(double share) {
        double part = Runs.alarms(new LatencyRuns(sizes.slow())
                .delays(LatencyRuns.times(1), share, sizes.movingHorizon(), 0, Detections::ordered, ALPHA));
        return judged(percent(part), Figures.isWithin(ALPHA, part, sizes.slow().count()));
    }

    private static Bets ordered(Bins bins) {
        return new OrderedBets(StartShares.of(bins));
    }
}
