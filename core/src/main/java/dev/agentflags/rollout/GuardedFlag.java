package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.Flag;
import dev.agentflags.model.GuardMetric;
import dev.agentflags.model.GuardMetric.Action;
import dev.agentflags.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flag that is guarded: where its rollout is, what speaks for and against it, and what is to be done. It is told everything,
 * the time included, and does nothing itself. Not safe for use by many threads.
 *
 * <p>A <em>rollout</em> is one behaviour measured in one way. It begins without evidence when the flag is first seen, when what it
 * serves or how it is measured changes, when it is revived, and when a person goes on after it was stopped. One that
 * was stopped does not go on by itself until a person has advanced it or what it serves has changed, so that it never runs in
 * circles.
 */
final class GuardedFlag {

    /** A kill that was carried out is seen to be in force by then, or it was taken back in between. */
    private static final Duration IN_FORCE_BY = Duration.ofMinutes(1);

    private Terms terms;
    private boolean killed;
    private String treatment;
    private String measure;
    private long rollout = 1;
    private Observed observed;
    private @Nullable Stop stop;

    /** Whether a person has to go on, since it was stopped before. */
    private boolean needsPerson;

    /** Where this guard's own change takes it, until the next ruleset is in force. */
    private @Nullable Double expected;

    private GuardedFlag(Terms terms, boolean killed, Observed observed) {
        this.terms = terms;
        this.killed = killed;
        this.treatment = Fingerprint.treatment(terms.flag());
        this.measure = Fingerprint.measure(terms.flag(), terms.guard());
        this.observed = observed;
    }

    /**
     * Begins to guard a flag.
     *
     * @param killed whether the flag is killed, by its own switch or the root's
     * @param number of the ruleset in force
     */
    static GuardedFlag begin(Flag flag, boolean killed, long number, Instant now) {
        var terms = new Terms(flag);
        var guarded = new GuardedFlag(terms, killed, Observed.begin(terms, terms.stageSince(now), number, now));
        guarded.noteKill(now);
        return guarded;
    }

    /** Goes on with a flag as it was written down; what has become of it since is for {@link #inForce} to tell. */
    static GuardedFlag restore(Kept kept, Flag flag, Observed observed) {
        var guarded = new GuardedFlag(new Terms(flag), kept.killed(), observed);
        guarded.treatment = kept.treatment();
        guarded.measure = kept.measure();
        guarded.rollout = kept.rollout();
        guarded.stop = kept.stop();
        guarded.needsPerson = kept.needsPerson();
        guarded.expected = kept.expected();
        return guarded;
    }

    /** What is written down of a flag beside what was observed. */
    record Kept(
            boolean killed,
            String treatment,
            String measure,
            long rollout,
            @Nullable Stop stop,
            boolean needsPerson,
            @Nullable Double expected) {}

    Kept kept() {
        return new Kept(killed, treatment, measure, rollout, stop, needsPerson, expected);
    }

    Observed observed() {
        return observed;
    }

    /** A ruleset is in force in which the flag is, or may be, another. */
    void inForce(Flag flag, boolean nowKilled, long number, Instant now) {
        Terms before = terms;
        boolean wasKilled = killed;
        double moved = new Terms(flag).percentage() - observed.stage().percentage();
        boolean own = expected != null && expected == new Terms(flag).percentage();
        terms = new Terms(flag);
        killed = nowKilled;
        expected = null;
        if (!treatment.equals(Fingerprint.treatment(flag))) {
            begin(false, number, now);
        } else if (wasKilled && !killed) {
            begin(true, number, now);
        } else if (stop != null && !killed && moved > 0 && !own) {
            begin(false, number, now);
        } else if (!measure.equals(Fingerprint.measure(flag, terms.guard()))) {
            begin(needsPerson || stop != null, number, now);
        } else if (moved != 0) {
            needsPerson &= own || moved < 0;
            observed.enter(terms, number, now);
        } else if (terms.asksForOther(before)) {
            observed.aim(terms, now);
        }
        if (stop != null && stop.dryRun() && !terms.isDryRun()) {
            stop = null; // from now on it acts, if there is still reason to
        }
        noteKill(now);
    }

    private void begin(boolean mayNotGoOn, long number, Instant now) {
        rollout++;
        needsPerson = mayNotGoOn;
        stop = null;
        treatment = Fingerprint.treatment(terms.flag());
        measure = Fingerprint.measure(terms.flag(), terms.guard());
        observed = Observed.begin(terms, now, number, now);
    }

    private void noteKill(Instant now) {
        if (killed && stop == null) {
            String why = terms.flag().killSwitch().reason();
            stop = new Stop(null, "killed by somebody" + (why == null ? "" : ": " + why), now, false, now);
        }
    }

    /** Takes an outcome, of a killed flag too: they tell how many were affected. See {@link Observed#take}. */
    boolean take(Outcome outcome, History.@Nullable Position decidedBy, Instant now) {
        return observed.take(outcome, decidedBy, now);
    }

    /** Looks at the evidence. Returns what is to be done, or null; the same again until it was done or is no longer right. */
    @Nullable
    Intent tick(long number, Instant now) {
        observed.tick(now);
        if (isRevivedUnseen(now)) {
            begin(true, number, now);
        }
        if (!isUnderWay()) {
            return null;
        }
        Stop evident = evident(now);
        if (evident != null) {
            stop = evident;
        }
        return stop == null ? advance(now) : carryOut(stop);
    }

    /** It was killed, and is not, and never was seen to be: somebody has revived it at once. */
    private boolean isRevivedUnseen(Instant now) {
        return stop != null
                && stop.action() == Action.KILL
                && stop.doneAt() != null
                && !killed
                && !now.isBefore(stop.doneAt().plus(IN_FORCE_BY));
    }

    /** Whether there are two arms, so that there is something to compare and to stop. */
    private boolean isUnderWay() {
        double percentage = observed.stage().percentage();
        return !killed && percentage > 0 && percentage < 100;
    }

    /** Returns what the evidence asks for, if that is more than was done already. */
    private @Nullable Stop evident(Instant now) {
        List<MetricWatch> watches = observed.watches();
        Action done = stop == null ? null : stop.action();
        for (Action action : List.of(Action.KILL, Action.ROLL_BACK, Action.PAUSE)) {
            double evidence = Judgement.evidence(watches, action);
            boolean isMore = done == null || action.compareTo(done) > 0;
            if (isMore && evidence >= 1 / terms.guard().alpha()) {
                MetricWatch cause = Judgement.cause(watches, action);
                String reason = Wording.stopped(action, observed.stage(), cause, terms.flag(), evidence, now);
                return new Stop(
                        action,
                        terms.isDryRun() ? "on a dry run, would be " + reason : reason,
                        now,
                        terms.isDryRun(),
                        null);
            }
        }
        return null;
    }

    private @Nullable Intent carryOut(Stop evident) {
        Action due = evident.due();
        if (due == null) {
            return null;
        }
        return switch (due) {
            case PAUSE -> null;
            case ROLL_BACK -> new Intent.RollBack(observed.stage().percentage(), evident.reason());
            case KILL -> new Intent.Kill(evident.reason());
        };
    }

    private @Nullable Intent advance(Instant now) {
        Double next = terms.next();
        if (next == null || expected != null || !isSafe(now) || approval(next) != null) {
            return null;
        }
        double from = observed.stage().percentage();
        return new Intent.Advance(from, next, Wording.advanced(from, next, observed.watches(), terms.flag(), now));
    }

    /** Whether the present stage has shown all that it must. */
    boolean isSafe(Instant now) {
        return !isTooEarly(now)
                && !observed.isSkewed()
                && Judgement.isSafe(observed.watches(), terms.guard(), terms.minUnits());
    }

    boolean isTooEarly(Instant now) {
        return now.isBefore(observed.stage().since().plus(terms.minDuration()));
    }

    /** Returns why a person has to take it to the next stage, or null where none has to. */
    @Nullable
    String approval(double next) {
        return needsPerson ? "it was stopped before" : terms.approval(next);
    }

    /** An intent was carried out, and will come into force. */
    void done(Intent intent, Instant now) {
        if (intent instanceof Intent.Advance advance) {
            expected = advance.to();
        } else if (stop != null) {
            stop = stop.carriedOut(now);
        }
    }

    Terms terms() {
        return terms;
    }

    boolean isKilled() {
        return killed;
    }

    @Nullable
    Stop stop() {
        return stop;
    }

    /** Returns how the rollout stands. */
    GuardReport report(Instant now) {
        Standing standing = Standing.of(this, now);
        Double next = terms.next();
        Stop stopped = stop;
        return new GuardReport(
                terms.flag().key(),
                rollout,
                now,
                standing.state(),
                standing.waiting(),
                standing.waitsFor(),
                terms.isDryRun(),
                observed.stage().percentage(),
                next,
                observed.stage().since(),
                Wording.units(terms.flag()),
                Judgement.evidence(observed.watches(), Action.PAUSE),
                1 / terms.guard().alpha(),
                1 / terms.guard().alphaAdvance(),
                stopped == null ? null : stopped.reason(),
                observed.watches().stream().map(watch -> metric(watch, next)).toList());
    }

    private GuardReport.Metric metric(MetricWatch watch, @Nullable Double next) {
        GuardMetric metric = watch.metric();
        var worse = watch.worse();
        var safe = watch.safe();
        return new GuardReport.Metric(
                metric.name(),
                metric.action(),
                metric.weight() / Judgement.weights(observed.watches()),
                worse == null ? 1 : worse.process().eValue(),
                safe == null ? null : safe.process().eValue(),
                next == null ? "" : Wording.goal(metric, terms.guard(), next),
                Groups.treatedInStage(watch),
                Groups.of(watch, Arm.TREATMENT),
                Groups.of(watch, Arm.CONTROL));
    }
}
