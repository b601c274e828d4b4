package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.SampleRatio;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of one rollout: the stages that it was in, and the outcomes of each. Not safe for use by many threads.
 *
 * <p>An outcome is counted in the stage in which it was decided, however late it comes; of stages before the last three none is
 * taken any more.
 */
final class Observed {

    /** An arm that has had no outcome for so long has no traffic. */
    static final Duration QUIET = Duration.ofMinutes(15);

    static final int UNIT_BYTES = 5;

    /** What is kept of a unit's pseudonym: enough to tell them apart. */
    private static final long UNIT_BITS = (1L << (8 * UNIT_BYTES)) - 1;

    private static final int STAGES_KEPT = 3;

    private final Deque<Stage> stages = new ArrayDeque<>();
    private final List<MetricWatch> watches;
    private final SortedMap<Integer, Assigned> assigned = new TreeMap<>();
    private final Map<Arm, Instant> lastOutcome = new EnumMap<>(Arm.class);
    private long unnamed;

    Observed(List<MetricWatch> watches) {
        this.watches = List.copyOf(watches);
    }

    /** Begins to observe a rollout, in its first stage. */
    static Observed begin(Terms terms, Instant since, long number, Instant now) {
        var observed = new Observed(terms.guard().metrics().stream()
                .map(metric -> new MetricWatch(metric, terms.isByUnit(), now))
                .toList());
        observed.stages.add(new Stage(1, terms.percentage(), since, number));
        observed.aim(terms, now);
        return observed;
    }

    /** Goes on to another stage. */
    void enter(Terms terms, long number, Instant now) {
        stages.addLast(new Stage(stage().number() + 1, terms.percentage(), now, number));
        if (stages.size() > STAGES_KEPT) {
            stages.removeFirst();
        }
        aim(terms, now);
    }

    /** Begins to gather afresh that it is safe to leave the present stage. */
    void aim(Terms terms, Instant now) {
        var ahead = ahead(terms);
        watches.forEach(watch -> watch.enter(ahead, now));
    }

    /** Returns what the present stage must show before it may be left, or null where there is no next one. */
    MetricWatch.@Nullable Ahead ahead(Terms terms) {
        Double next = terms.next();
        return next == null
                ? null
                : new MetricWatch.Ahead(stage().number(), terms.guard().harmBudget(), next);
    }

    /** Returns the present stage. */
    Stage stage() {
        return stages.getLast();
    }

    Deque<Stage> stages() {
        return stages;
    }

    List<MetricWatch> watches() {
        return watches;
    }

    /**
     * Takes an outcome.
     *
     * @param decidedBy which ruleset decided it, null for the one in force
     * @return whether it could be told which stage it belongs to
     */
    boolean take(Outcome outcome, History.@Nullable Position decidedBy, Instant now) {
        Stage of = decidedBy == null ? stage() : stageOf(decidedBy);
        if (of == null) {
            return false;
        }
        Long unit = outcome.unit() == null ? null : outcome.unit() & UNIT_BITS;
        lastOutcome.put(outcome.arm(), now);
        if (!outcome.values()
                .containsKey(Name.BAD_FEEDBACK)) { // not everyone gives any, so turns say how large the arms are
            assigned(of).add(outcome.arm(), unit == null ? anyone() : unit);
        }
        for (MetricWatch watch : watches) {
            Double value = outcome.values().get(watch.metric().name());
            if (value != null) {
                watch.take(of.number(), outcome.arm(), unit, value, now);
            }
        }
        return true;
    }

    private long anyone() {
        unnamed++;
        return Long.reverse(unnamed * 0x9E3779B97F4A7C15L) & UNIT_BITS;
    }

    /** Of a ruleset that was never seen it can only be told if those before and after are of one stage. */
    private @Nullable Stage stageOf(History.Position decidedBy) {
        Stage after = stageOf(decidedBy.after());
        return after == null || !after.equals(stageOf(decidedBy.before())) ? null : after;
    }

    private @Nullable Stage stageOf(long number) {
        Stage of = null;
        for (Stage stage : stages) {
            of = stage.from() <= number ? stage : of;
        }
        return of;
    }

    private Assigned assigned(Stage of) {
        Assigned found = assigned.computeIfAbsent(of.number(), added -> new Assigned());
        while (assigned.size() > STAGES_KEPT) {
            assigned.remove(assigned.firstKey());
        }
        return found;
    }

    /** Closes the units that have been silent, and bets where it is time to. */
    void tick(Instant now) {
        Duration age = Duration.between(stage().since(), now);
        Instant silentSince = now.minus(Silence.allowed(age));
        watches.forEach(watch -> watch.tick(silentSince, now));
    }

    /** Whether the arms have other sizes than they should have. */
    boolean isSkewed() {
        double logEvidence = 0;
        for (Stage stage : stages) {
            Assigned units = assigned.get(stage.number());
            logEvidence += units == null ? 0 : units.logEvidenceAgainst(stage.percentage());
        }
        return logEvidence >= Math.log(SampleRatio.LIMIT);
    }

    /** Returns how many units of an arm the present stage has had. */
    long inStage(Arm arm) {
        Assigned units = assigned.get(stage().number());
        return units == null ? 0 : units.count(arm);
    }

    /** Whether an arm has had no outcome for a while, in the present stage. */
    boolean isQuiet(Arm arm, Instant now) {
        Instant last = lastOutcome.get(arm);
        Instant from = last == null || last.isBefore(stage().since()) ? stage().since() : last;
        return !now.isBefore(from.plus(QUIET));
    }

    SortedMap<Integer, Assigned> assigned() {
        return assigned;
    }
}
