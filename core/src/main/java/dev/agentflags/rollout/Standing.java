package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.Evidence;
import dev.agentflags.model.GuardMetric.Action;
import dev.agentflags.model.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout stands at one moment.
 *
 * @param waiting what for, where it is holding
 * @param waitsFor the same for people, empty where there is nothing to wait for
 */
record Standing(State state, @Nullable Waiting waiting, String waitsFor) {

    static Standing of(GuardedFlag flag, Instant now) {
        double percentage = flag.observed().stage().percentage();
        Double next = flag.terms().next();
        Stop stop = flag.stop();
        if (stop != null) {
            boolean killed = flag.isKilled() || (stop.action() == Action.KILL && !stop.dryRun());
            return new Standing(State.STOPPED, null, killed ? "a person to revive it" : "a person to go on");
        }
        if (percentage >= 100) {
            return new Standing(State.DONE, null, "");
        }
        if (percentage <= 0) {
            return holding(Waiting.PERSON, "a person to begin");
        }
        Pause pause = flag.terms().paused();
        if (pause != null && next != null) {
            return holding(
                    Waiting.PERSON,
                    "a person to advance it to %s: %s".formatted(Wording.percent(next), Wording.paused(pause)));
        }
        if (flag.observed().isSkewed()) {
            return holding(Waiting.SAMPLE_RATIO, skew(flag));
        }
        if (flag.observed().isQuiet(Arm.TREATMENT, now) || flag.observed().isQuiet(Arm.CONTROL, now)) {
            return holding(Waiting.NO_TRAFFIC, quiet(flag.observed(), now));
        }
        return next == null ? new Standing(State.DONE, null, "") : onTheWay(flag, next, now);
    }

    private static Standing holding(Waiting waiting, String waitsFor) {
        return new Standing(State.HOLDING, waiting, waitsFor);
    }

    private static String skew(GuardedFlag flag) {
        long treated = flag.observed().inStage(Arm.TREATMENT);
        return "somebody to find out why %s of %s %s have it at %s"
                .formatted(
                        Wording.count(treated),
                        Wording.count(treated + flag.observed().inStage(Arm.CONTROL)),
                        Wording.units(flag.terms().flag()),
                        Wording.percent(flag.observed().stage().percentage()));
    }

    private static String quiet(Observed observed, Instant now) {
        boolean treated = observed.isQuiet(Arm.TREATMENT, now);
        boolean controls = observed.isQuiet(Arm.CONTROL, now);
        String who = treated && controls ? "anyone" : treated ? "those who have it" : "those who do not have it";
        return "outcomes of %s; there was none for %s".formatted(who, Wording.duration(Observed.QUIET));
    }

    private static Standing onTheWay(GuardedFlag flag, double next, Instant now) {
        String approval = flag.approval(next);
        if (flag.isSafe(now)) {
            return approval == null
                    ? new Standing(State.RUNNING, null, "the change to " + Wording.percent(next))
                    : holding(
                            Waiting.PERSON,
                            "a person to advance it to %s, which is shown to be safe: %s"
                                    .formatted(Wording.percent(next), approval));
        }
        if (flag.isTooEarly(now)) {
            Duration least = flag.terms().minDuration();
            Instant end = flag.observed().stage().since().plus(least);
            return new Standing(
                    State.RUNNING,
                    null,
                    "the stage to have lasted %s, in %s"
                            .formatted(Wording.duration(least), Wording.duration(Duration.between(now, end))));
        }
        boolean tells = flag.observed().watches().stream()
                .allMatch(watch -> Groups.treatedInStage(watch) >= flag.terms().minUnits());
        String missing = missing(flag, next);
        return tells ? holding(Waiting.INCONCLUSIVE, missing) : new Standing(State.RUNNING, null, missing);
    }

    private static String missing(GuardedFlag flag, double next) {
        List<String> missing = flag.observed().watches().stream()
                .map(watch -> missing(flag.terms(), watch, next))
                .filter(Objects::nonNull)
                .toList();
        return String.join("; ", missing);
    }

    private static @Nullable String missing(Terms terms, MetricWatch watch, double next) {
        String metric = watch.metric().name().name().toLowerCase(Locale.ROOT);
        Evidence safe = watch.safe();
        if (safe == null) {
            return "%s of %s others who tell what %s is usual"
                    .formatted(Wording.count(watch.warmUp().gathered()), Wording.count(Bins.MIN_OUTCOMES), metric);
        }
        long treated = Groups.treatedInStage(watch);
        if (treated < terms.minUnits()) {
            return "%s of %s treated %s with an outcome of %s"
                    .formatted(
                            Wording.count(treated),
                            Wording.count(terms.minUnits()),
                            Wording.units(terms.flag()),
                            metric);
        }
        double limit = 1 / terms.guard().alphaAdvance();
        return safe.process().eValue() >= limit
                ? null
                : "evidence that %s is %s, %s of %s"
                        .formatted(
                                metric,
                                Wording.goal(watch.metric(), terms.guard(), next),
                                Wording.number(safe.process().eValue()),
                                Wording.number(limit));
    }
}
