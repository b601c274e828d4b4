package dev.agentflags.cli;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Stored;
import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.evaluation.Reason;
import dev.agentflags.evaluation.Resolution;
import dev.agentflags.evaluation.Resolution.CallerDefault;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.guard.Arm;
import dev.agentflags.model.Bucketing;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Rollout;
import dev.agentflags.model.Ruleset;
import dev.agentflags.model.Status;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.Units;
import dev.agentflags.rollout.Controller;
import dev.agentflags.rollout.GuardReport;
import dev.agentflags.rollout.GuardStore;
import dev.agentflags.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The guard's own controller on a dry run, at the times of the record. Not safe for use by many threads.
 *
 * <p>An outcome counts where the turn had what the replayed document would have served, and where the bucket decided that.
 */
final class ReplayedGuard implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(250);

    /** After so long without a turn, nobody's conversation is open any more. */
    private static final Duration ALL_SILENT = Duration.ofMinutes(16);

    /** In a pause, and for asking what has become of it. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What the guard asks of a stage at least where the flag does not say. */
    private static final long MIN_UNITS = 30;

    private static final Duration MIN_DURATION = Duration.ofMinutes(30);

    private final Map<String, Watched> watched = new LinkedHashMap<>();

    /** The time of the turn that is being replayed. */
    private Instant now = Instant.EPOCH;

    private final InstantSource time = () -> now;
    private final Controller controller =
            new Controller(new Nobody(), GuardStore.none(), time.withZone(ZoneOffset.UTC));
    private final Ruleset ruleset;
    private boolean isStarted;
    private Instant lastTick = Instant.EPOCH;
    private Instant lastLook = Instant.EPOCH;
    private Instant lastCounted = Instant.EPOCH;

    /** What was seen of one flag. */
    static final class Watched {

        private final Flag flag;
        private final Guard guard;
        private long turns;
        private long notByBucket;
        private long unknownVariant;
        private long otherVariant;
        private long withoutOutcome;
        private long counted;
        private @Nullable GuardReport last;
        private @Nullable Acted stopped;
        private @Nullable Acted safe;

        private Watched(Flag flag) {
            this.flag = flag;
            this.guard = Objects.requireNonNullElse(flag.guard(), Guard.DEFAULT);
        }

        Flag flag() {
            return flag;
        }

        /** Whether the document itself guards the flag; otherwise the guard's defaults are taken. */
        boolean isGuarded() {
            return flag.guard() != null;
        }

        long turns() {
            return turns;
        }

        /** Returns of how many turns a list, a rule or the like decided. */
        long notByBucket() {
            return notByBucket;
        }

        /** Returns of how many it is not known what they were served. */
        long unknownVariant() {
            return unknownVariant;
        }

        /** Returns how many were served something else. */
        long otherVariant() {
            return otherVariant;
        }

        /** Returns how many have nothing that the guard measures. */
        long withoutOutcome() {
            return withoutOutcome;
        }

        /** Returns how many count. */
        long counted() {
            return counted;
        }

        /** Returns how it stands at the end, or null where there was no turn. */
        @Nullable
        GuardReport last() {
            return last;
        }

        /** Returns when it would have been stopped, or null. */
        @Nullable
        Acted stopped() {
            return stopped;
        }

        /** Returns when it would have gone on to the next stage, or null. */
        @Nullable
        Acted safe() {
            return safe;
        }
    }

    /** What the guard would have done. */
    record Acted(Instant at, GuardReport report) {}

    ReplayedGuard(Ruleset document) {
        Map<String, Definition> flags = new LinkedHashMap<>();
        KillSwitch root = document.killSwitch();
        boolean allKilled = root != null && root.engaged();
        for (Definition definition : document.flags().values()) {
            if (definition instanceof Flag flag && !allKilled && hasTwoArms(flag)) {
                var one = new Watched(flag);
                watched.put(flag.key(), one);
                flags.put(flag.key(), watching(one));
            }
        }
        this.ruleset = new Ruleset(document.flagSet(), null, KillSwitch.RELEASED, flags);
    }

    private static boolean hasTwoArms(Flag flag) {
        return flag.status() == Status.PERCENTAGE
                && flag.percentage() > 0
                && flag.percentage() < 100
                && !flag.killSwitch().engaged();
    }

    /** The flag with a guard that only says what it would do. */
    private static Flag watching(Watched one) {
        Guard guard = one.guard;
        Flag flag = one.flag;
        return new Flag(
                flag.key(),
                flag.about(),
                flag.status(),
                flag.percentage(),
                flag.variants(),
                flag.targeting(),
                flag.bucketing(),
                List.of(),
                flag.killSwitch(),
                flag.rollout(),
                new Guard(
                        Guard.Mode.DRY_RUN,
                        Guard.Advance.AUTO,
                        null,
                        guard.alpha(),
                        guard.alphaAdvance(),
                        guard.harmBudget(),
                        guard.unit(),
                        guard.metrics()));
    }

    /** Lets the time pass until a turn; one that is earlier than those before it does not turn it back. */
    void advanceTo(Instant time) {
        if (!isStarted) {
            isStarted = true;
            now = time;
            lastTick = time;
            lastLook = time;
            controller.inForce(new Snapshot(ruleset, Evaluator.compile(ruleset), "replayed"));
            return;
        }
        Instant quiet = now.plus(ALL_SILENT);
        while (now.plus(SECOND).isBefore(time) && now.isBefore(quiet)) {
            now = now.plus(SECOND);
            tick();
        }
        if (time.isAfter(now)) {
            now = time;
            if (!time.isBefore(lastTick.plus(TICK))) {
                tick();
            }
        }
    }

    private void tick() {
        lastTick = now;
        controller.tick();
        boolean mayHaveChanged = now.isBefore(lastCounted.plus(ALL_SILENT));
        if (mayHaveChanged && !now.isBefore(lastLook.plus(SECOND))) {
            look();
        }
    }

    private void look() {
        lastLook = now;
        for (GuardReport report : controller.reports()) {
            Watched one = Objects.requireNonNull(watched.get(report.flag()));
            one.last = report;
            if (report.stopped() != null && one.stopped == null) {
                one.stopped = new Acted(now, report);
            }
            if (one.safe == null && report.stopped() == null && isSafe(report, one.flag)) {
                one.safe = new Acted(now, report);
            }
        }
    }

    /** Whether the guard would go on, as far as outcomes tell: the arms need not have the sizes here that they should have. */
    private boolean isSafe(GuardReport report, Flag flag) {
        Rollout rollout = Objects.requireNonNullElse(flag.rollout(), Rollout.DEFAULT);
        long minUnits = Objects.requireNonNullElse(rollout.minUnits(), MIN_UNITS);
        Duration minDuration = Objects.requireNonNullElse(rollout.minDuration(), MIN_DURATION);
        return report.nextPercentage() != null
                && !now.isBefore(report.stageSince().plus(minDuration))
                && report.metrics().stream()
                        .allMatch(metric -> metric.safe() != null
                                && metric.safe() >= report.advanceLimit()
                                && metric.treatedInStage() >= minUnits);
    }

    /**
     * Takes what one turn says of one flag.
     *
     * @param resolution what the replayed document gives
     * @param before what the turn was served, or null where that is not known
     */
    void take(Recorded turn, String key, Resolution resolution, Flips.Given given, Flips.@Nullable Given before) {
        Watched one = watched.get(key);
        if (one == null) {
            return;
        }
        one.turns++;
        Map<Name, Double> values = one.guard.compared(turn.values());
        Arm arm = given.arm();
        Long unit = unit(one, turn.person());
        if (!isByBucket(resolution) || arm == null || (unit == null && !isByEvent(one.guard))) {
            one.notByBucket++;
        } else if (before == null) {
            one.unknownVariant++;
        } else if (!before.name().equals(given.name())) {
            one.otherVariant++;
        } else if (values.isEmpty()) {
            one.withoutOutcome++;
        } else {
            one.counted++;
            lastCounted = now;
            controller.take(List.of(new Outcome(key, arm, unit, null, values)));
        }
    }

    private static boolean isByBucket(Resolution resolution) {
        return (resolution instanceof Served served && served.reason() == Reason.SPLIT)
                || (resolution instanceof CallerDefault caller && caller.reason() == Reason.SPLIT);
    }

    private static boolean isByEvent(Guard guard) {
        return Guard.EVENT.equals(guard.unit());
    }

    private static @Nullable Long unit(Watched one, Person person) {
        String by = one.guard.unit() == null ? one.flag.bucketing().by() : one.guard.unit();
        if (by.equals(Guard.EVENT)) {
            return null;
        }
        Object of = by.equals(Bucketing.BY_USER) ? person.user() : person.attribute(by);
        return of == null ? null : Units.hash(one.flag.key(), of.toString());
    }

    /** Ends the record: whoever is still open is counted. */
    void end() {
        if (isStarted) {
            advanceTo(now.plus(ALL_SILENT));
            look();
        }
    }

    /** Returns what was seen of each flag that is rolled out in part. */
    Map<String, Watched> watched() {
        return watched;
    }

    @Override
    public void close() {
        controller.close();
    }

    /** Changes nothing: on a dry run nothing is to be changed. */
    private static final class Nobody implements FlagAdmin {

        @Override
        public dev.agentflags.admin.Outcome apply(Operation operation, @Nullable String ifVersion)
                throws AdminException {
            throw new AdminException(AdminException.Kind.REFUSED, "a replay changes nothing");
        }

        @Override
        public Stored document() throws AdminException {
            throw new AdminException(AdminException.Kind.REFUSED, "a replay has no store");
        }

        @Override
        public List<AuditEntry> audit() {
            return List.of();
        }
    }
}
