package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Bets;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.Evidence;
import dev.agentflags.guard.UserOutcome;
import dev.agentflags.model.GuardMetric;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one rollout: what its units have met, and the evidence that it is worse, and that it is safe to go on. Not safe
 * for use by many threads.
 */
final class MetricWatch {

    private static final int STAGES_KEPT = 3;

    private final GuardMetric metric;
    private final boolean byUnit;
    private final SortedMap<Integer, Map<Arm, UnitTable>> units = new TreeMap<>();
    private final WarmUp warmUp = new WarmUp();
    private @Nullable Bins bins;

    /** Null until there are bins, where there must be. */
    private @Nullable Track worse;

    /** Of the present stage; null where it cannot be left, and until there are bins. */
    private @Nullable Track safe;

    private @Nullable Ahead ahead;

    /**
     * What a stage must show before it may be left.
     *
     * @param stage its number
     * @param harmBudget in percentage points of all traffic
     * @param nextPercentage of the stage to be entered
     */
    record Ahead(int stage, double harmBudget, double nextPercentage) {}

    /**
     * Makes a watch that has seen nothing.
     *
     * @param byUnit whether outcomes belong to units; otherwise each stands for itself
     */
    MetricWatch(GuardMetric metric, boolean byUnit, Instant now) {
        this.metric = metric;
        this.byUnit = byUnit;
        if (!metric.name().isAmount()) {
            worse = new Track(Evidence.start(MetricBets.worse(metric, byUnit)), now);
        }
    }

    /** Begins to gather afresh that it is safe to leave a stage; null where it cannot be left. */
    void enter(@Nullable Ahead next, Instant now) {
        ahead = next;
        safe = null;
        startSafe(now);
    }

    private void startSafe(Instant now) {
        if (ahead == null || worse == null) {
            return;
        }
        Evidence fresh = worse.evidence().restarted(safeBets(ahead));
        safe = new Track(fresh, now);
    }

    private Bets safeBets(Ahead next) {
        return bins == null
                ? MetricBets.safe(metric, byUnit, next.harmBudget(), next.nextPercentage())
                : MetricBets.safe(bins);
    }

    /** Takes one value: 0 or 1 of a share, an amount of an amount. */
    void take(int stage, Arm arm, @Nullable Long unit, double value, Instant now) {
        if (!byUnit) {
            count(stage, arm, UserOutcome.NONE.with(value == 1), value, now);
        }
        boolean isPast = units.size() >= STAGES_KEPT && stage < units.firstKey();
        if (!byUnit || unit == null || isPast) {
            return;
        }
        UnitTable table = table(stage, arm);
        OpenUnit open = table.touch(unit);
        if (open != null) {
            open.add(value, now);
            if (open.isFull()) {
                table.close(unit);
                count(stage, arm, open, now);
            }
        }
    }

    private UnitTable table(int stage, Arm arm) {
        UnitTable table = units.computeIfAbsent(stage, added -> new EnumMap<>(Arm.class))
                .computeIfAbsent(arm, added -> new UnitTable());
        while (units.size() > STAGES_KEPT) {
            units.remove(units.firstKey());
        }
        return table;
    }

    private void count(int stage, Arm arm, OpenUnit unit, Instant now) {
        count(stage, arm, unit.outcome(), unit.mean(), now);
    }

    private void count(int stage, Arm arm, UserOutcome outcome, double mean, Instant now) {
        if (metric.name().isAmount()) {
            countAmount(stage, arm, mean, now);
        } else {
            int category = byUnit ? outcome.category() : outcome.bad();
            count(worse, stage, arm, category);
            countSafe(stage, arm, category);
        }
    }

    private void countAmount(int stage, Arm arm, double amount, Instant now) {
        if (bins == null) {
            gather(arm, amount, now);
            return;
        }
        boolean treated = arm == Arm.TREATMENT;
        count(worse, stage, arm, treated ? bins.category(amount, MetricBets.tolerance(metric)) : bins.category(amount));
        countSafe(stage, arm, treated ? bins.category(amount, MetricBets.safePart(metric)) : bins.category(amount));
    }

    /** What the bins are made of is not bet on: a bet must be placed before it is known what comes. */
    private void gather(Arm arm, double amount, Instant now) {
        if (arm == Arm.CONTROL) {
            warmUp.add(amount);
            use(warmUp.bins(), now);
        }
    }

    private void use(@Nullable Bins frozen, Instant now) {
        if (frozen != null) {
            bins = frozen;
            warmUp.forget();
            worse = new Track(Evidence.start(MetricBets.worse(frozen)), now);
            startSafe(now);
        }
    }

    private void countSafe(int stage, Arm arm, int category) {
        if (ahead != null && ahead.stage() == stage) {
            count(safe, stage, arm, category);
        }
    }

    private static void count(@Nullable Track track, int stage, Arm arm, int category) {
        if (track != null) {
            track.count(stage, arm, category);
        }
    }

    /**
     * Closes the units that have been silent, and bets where it is time to.
     *
     * @param silentSince a unit that has met nothing since is closed
     */
    void tick(Instant silentSince, Instant now) {
        units.forEach((stage, arms) -> arms.forEach(
                (arm, table) -> table.closeIdle(silentSince).forEach(unit -> count(stage, arm, unit, now))));
        if (worse != null) {
            worse.tick(now);
        }
        if (safe != null) {
            safe.tick(now);
        }
    }

    GuardMetric metric() {
        return metric;
    }

    boolean byUnit() {
        return byUnit;
    }

    @Nullable
    Evidence worse() {
        return worse == null ? null : worse.evidence();
    }

    @Nullable
    Evidence safe() {
        return safe == null ? null : safe.evidence();
    }

    @Nullable
    Bins bins() {
        return bins;
    }

    WarmUp warmUp() {
        return warmUp;
    }

    SortedMap<Integer, Map<Arm, UnitTable>> units() {
        return units;
    }

    /** Goes on from what was written down. */
    void restore(
            @Nullable Bins frozen,
            @Nullable Evidence evidence,
            @Nullable Evidence safeEvidence,
            @Nullable Ahead next,
            Instant now) {
        bins = frozen;
        worse = evidence == null ? null : new Track(evidence, now);
        ahead = next;
        safe = null;
        if (next != null
                && safeEvidence != null
                && safeEvidence.process().bets().equals(safeBets(next))) {
            safe = new Track(safeEvidence, now);
        } else {
            startSafe(now);
        }
    }

    /** Goes on with the units of one arm of one stage. */
    UnitTable restore(int stage, Arm arm, UnitTable table) {
        units.computeIfAbsent(stage, added -> new EnumMap<>(Arm.class)).put(arm, table);
        return table;
    }
}
