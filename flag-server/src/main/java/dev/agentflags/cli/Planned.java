package dev.agentflags.cli;

import dev.agentflags.forecast.Course;
import dev.agentflags.forecast.Forecast;
import dev.agentflags.forecast.Scenario;
import dev.agentflags.forecast.Spread;
import dev.agentflags.guard.Margin;
import dev.agentflags.model.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A rollout thought through before it begins.
 *
 * @param stages in which there is something to compare, in order
 * @param harmless how rollouts of a change go that is not worse
 * @param harmful how those of each regression go
 */
record Planned(
        Traffic traffic,
        GuardTerms terms,
        boolean endsAtAll,
        List<Stage> stages,
        Rollouts harmless,
        List<Rollouts> harmful) {

    /** How many rollouts are simulated for each number. */
    static final int RUNS = 400;

    private static final double SECONDS_A_DAY = 86_400;

    /** What is not known after so many days is not waited for. */
    static final double HORIZON_DAYS = 365;

    /** How long a guard stays in a stage at least where nobody says. */
    private static final Duration MIN_DURATION = Duration.ofMinutes(30);

    /** A regression counts as told where at least so many rollouts stop it. */
    static final double TOLD = 0.8;

    /**
     * What comes.
     *
     * @param unitsADay of both arms
     * @param rate of bad ones without the change, 0 to 1
     */
    record Traffic(long unitsADay, double rate) {

        /** Returns how many days it takes until so many units have come. */
        double days(double units) {
            return units / unitsADay;
        }
    }

    /**
     * One stage.
     *
     * @param percent that meets the change
     * @param minTreated how many units meet the change by the minimum that somebody has set; 0 without one
     * @param margin within which it must be shown to be
     * @param safe how many units met the change when there first was evidence of that, if it is harmless
     * @param days how long it lasts if the change is harmless; null if none came to its end
     * @param catches what it takes to catch each regression
     */
    record Stage(
            double percent,
            double minTreated,
            Margin margin,
            @Nullable Spread safe,
            @Nullable Spread days,
            List<Catch> catches) {

        double share() {
            return percent / 100;
        }

        boolean hasMinimum() {
            return minTreated > 0;
        }

        /** Returns the smallest regression that the minimum is enough for, or null where it is too small for any. */
        @Nullable
        Catch tellsByMinimum() {
            return catches.stream()
                    .filter(one -> one.treated().partUpTo(minTreated) >= TOLD)
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * What it takes to catch a regression.
     *
     * @param times how many times as bad
     * @param rate of bad units with the change, 0 to 1
     * @param treated how many units meet the change until it is stopped
     */
    record Catch(double times, double rate, Spread treated) {}

    /**
     * Whole rollouts of one change.
     *
     * @param times how many times as bad it is; 1 is harmless
     * @param rate of bad units with the change, 0 to 1
     */
    record Rollouts(double times, double rate, List<Course> courses) {

        /** Returns which part of the rollouts ended in this way. */
        double part(Course.End end) {
            return (double) count(end) / courses.size();
        }

        private long count(Course.End end) {
            return courses.stream().filter(course -> course.end() == end).count();
        }

        /** Returns which part of the rollouts was stopped in a stage, counted from 0. */
        double stoppedIn(int stage) {
            long stopped = courses.stream()
                    .filter(course -> course.end() == Course.End.STOPPED
                            && course.stages().size() == stage + 1)
                    .count();
            return (double) stopped / courses.size();
        }

        /** Returns a number of the rollouts that ended in this way, or null where there are none. */
        @Nullable
        Spread spread(Course.End end, ToDoubleFunction<Course> number) {
            return Planned.spread(
                    courses.stream().filter(course -> course.end() == end).toList(), number);
        }

        /** Returns the mean number of units that met the change, over all rollouts. */
        double meanTreated() {
            return courses.stream().mapToLong(Course::treated).average().orElse(0);
        }
    }

    private static <T> @Nullable Spread spread(List<T> from, ToDoubleFunction<T> number) {
        return from.isEmpty()
                ? null
                : Spread.of(from.stream().mapToDouble(number).toArray());
    }

    /** Thinks a rollout through; takes a second or a few. */
    static Planned of(Traffic traffic, Rollout rollout, GuardTerms terms, List<Double> times) {
        List<Double> percentages =
                rollout.stages().stream().filter(percent -> percent < 100).toList();
        List<Scenario.Stage> stages = new ArrayList<>();
        for (int i = 0; i < percentages.size(); i++) {
            double share = percentages.get(i) / 100;
            double next = i + 1 < rollout.stages().size() ? rollout.stages().get(i + 1) / 100 : 1;
            long minUnits = rollout.minUnits() == null ? 0 : rollout.minUnits();
            stages.add(new Scenario.Stage(share, minOutcomes(traffic, rollout), minUnits, terms.marginBefore(next)));
        }
        long horizon = Math.max(1_000, Math.round(HORIZON_DAYS * traffic.unitsADay()));
        var scenario = new Scenario(traffic.rate(), terms.levels(), terms.tolerance(), stages, horizon);
        var forecast = new Forecast(scenario, RUNS);
        var harmless = new Rollouts(1, traffic.rate(), forecast.courses(traffic.rate()));
        boolean hasMinimum = rollout.minDuration() != null || rollout.minUnits() != null;
        List<Stage> planned = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            planned.add(stage(
                    i, percentages.get(i), stages.get(i), forecast, scenario, harmless, times, traffic, hasMinimum));
        }
        List<Rollouts> harmful = times.stream()
                .map(factor -> new Rollouts(factor, scenario.times(factor), forecast.courses(scenario.times(factor))))
                .toList();
        boolean endsAtAll = percentages.size() < rollout.stages().size();
        return new Planned(traffic, terms, endsAtAll, planned, harmless, harmful);
    }

    private static long minOutcomes(Traffic traffic, Rollout rollout) {
        Duration least = Objects.requireNonNullElse(rollout.minDuration(), MIN_DURATION);
        return Math.round(least.toSeconds() / SECONDS_A_DAY * traffic.unitsADay());
    }

    private static Stage stage(
            int index,
            double percent,
            Scenario.Stage stage,
            Forecast forecast,
            Scenario scenario,
            Rollouts harmless,
            List<Double> times,
            Traffic traffic,
            boolean hasMinimum) {
        List<Course.Visit> visits = harmless.courses().stream()
                .filter(course -> course.stages().size() > index + 1
                        || (course.end() == Course.End.DONE && course.stages().size() == index + 1))
                .map(course -> course.stages().get(index))
                .toList();
        List<Catch> catches = times.stream()
                .map(factor -> new Catch(
                        factor, scenario.times(factor), forecast.treatedUntilStopped(stage, scenario.times(factor))))
                .toList();
        double minTreated = hasMinimum ? Math.max((double) stage.minTreated(), stage.minOutcomes() * stage.share()) : 0;
        return new Stage(
                percent,
                minTreated,
                stage.margin(),
                spread(visits, Course.Visit::treatedUntilSafe),
                spread(visits, visit -> traffic.days((double) visit.outcomes())),
                catches);
    }
}
