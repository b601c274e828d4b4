package dev.agentflags.benchmarks;

import static dev.agentflags.benchmarks.Figures.delays;
import static dev.agentflags.benchmarks.Figures.median;
import static dev.agentflags.benchmarks.Figures.number;
import static dev.agentflags.benchmarks.Figures.percent;
import static dev.agentflags.benchmarks.Page.judged;

import dev.agentflags.benchmarks.RolloutRuns.End;
import dev.agentflags.benchmarks.RolloutRuns.Rollout;
import dev.agentflags.guard.Levels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What a guard is for: changes on their way from 1 to 100 %.
 *
 * @param sizes of the simulation
 */
record WholeRollouts(Sizes sizes) {

    private static final int EVENTS = 100_000;
    private static final int STAGE = 10_000;

    /** A change, and what must become of it. */
    private record Change(String name, double points, World.Moving control, double shipped, double extra) {}

    private static List<Change> changes(int events) {
        World.Moving steady = event -> 0.05;
        World.Moving drifts = event -> 0.05 + 0.04 * event / events;
        return List.of(
                new Change("harmless", 0, steady, 0.98, 0),
                new Change("harmless, baseline drifts 5 % → 9 %", 0, drifts, 0.98, 0),
                new Change("+ 1 %", 0.01, steady, 0.05, Double.POSITIVE_INFINITY),
                new Change("+ 1 %, baseline drifts", 0.01, drifts, 0.05, Double.POSITIVE_INFINITY),
                new Change("+ 2 %", 0.02, steady, 0, 41),
                new Change("+ 5 %", 0.05, steady, 0, 16),
                new Change("+ 10 %", 0.10, steady, 0, 10),
                new Change("+ 50 %", 0.50, steady, 0, 5),
                new Change("total failure", 0.95, steady, 0, 5));
    }

    /** By evidence. */
    void guarded(Page page) {
        page.head(
                "Whole rollouts 1-5-25-50-100 %, base 5 %, at most " + number(EVENTS) + " events, α = 1 %: "
                        + number(sizes.slow().count()) + " runs",
                "the new behaviour",
                "shipped (to reach)",
                "killed",
                "undecided",
                "events until shipped",
                "treated until killed, median (95th)",
                "extra bad outcomes until killed, mean (to reach)");
        var runs = new RolloutRuns(sizes.slow(), EVENTS);
        for (Change change : changes(EVENTS)) {
            List<Rollout> rollouts = runs.of(change.control(), rate -> rate + change.points(), Levels.DEFAULT);
            double[] killed = of(rollouts, End.KILLED, Rollout::treated);
            double[] shipped = of(rollouts, End.SHIPPED, Rollout::events);
            double all = rollouts.size();
            page.row(
                    change.name(),
                    shipped(change, shipped.length / all),
                    percent(killed.length / all),
                    percent((all - shipped.length - killed.length) / all),
                    number(median(shipped)),
                    killed.length == 0 ? "—" : delays(killed),
                    extra(change, Arrays.stream(killed).average().orElse(0) * change.points()));
        }
    }

    private String shipped(Change change, double part) {
        boolean harmless = change.points() == 0;
        String text = percent(part) + " (" + (harmless ? "≥ " : "≤ ") + percent(change.shipped()) + ")";
        return judged(
                text,
                harmless
                        ? part >= change.shipped()
                        : Figures.isWithin(change.shipped(), part, sizes.slow().count()));
    }

    private static String extra(Change change, double extra) {
        if (change.points() == 0) {
            return "—";
        }
        String text = String.format(Locale.ROOT, "%.1f", extra);
        return Double.isInfinite(change.extra())
                ? text
                : judged(text + " (" + number(change.extra()) + ")", extra <= change.extra() * 1.05);
    }

    private static double[] of(List<Rollout> rollouts, End end, ToDoubleFunction<Rollout> number) {
        return rollouts.stream()
                .filter(rollout -> rollout.end() == end)
                .mapToDouble(number)
                .toArray();
    }

    /** By the clock, with a rule that may stop them. */
    void timed(Page page) {
        page.head(
                "The same changes with a stage every " + number(STAGE)
                        + " events and a rule that may stop them: shipped; extra bad outcomes until stopped, mean: "
                        + number(sizes.slow().count()) + " runs",
                "the new behaviour",
                "this engine, α = 1 %",
                "z-test at 1 % after every event",
                "fixed limit 5 % (Argo's example)",
                "fixed limit 1 % (Flagger's example)");
        double[] stages = {0.01, 0.05, 0.25, 0.5};
        for (Change change : changes(4 * STAGE)) {
            var world = new World(
                    change.name(), event -> stages[event / STAGE], change.control(), rate -> rate + change.points());
            page.row(
                    change.name(),
                    timed(change, world, FalseAlarms::guard),
                    timed(change, world, ZTest::of99),
                    timed(change, world, FixedThreshold::argo),
                    timed(change, world, FixedThreshold::flagger));
        }
    }

    private String timed(Change change, World world, Supplier<? extends StoppingRule> rule) {
        double[] delays = sizes.slow().delays(world, 4 * STAGE, rule);
        double[] stopped =
                Arrays.stream(delays).filter(delay -> !Double.isInfinite(delay)).toArray();
        double extra = Arrays.stream(stopped).average().orElse(0) * change.points();
        return percent(1 - (double) stopped.length / delays.length)
                + (change.points() == 0 || stopped.length == 0 ? "" : "; " + String.format(Locale.ROOT, "%.1f", extra));
    }
}
