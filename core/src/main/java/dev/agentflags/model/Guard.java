package dev.agentflags.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What watches a flag's rollout, and what it may do by itself. Immutable.
 *
 * @param mode whether it acts or only says what it would do
 * @param advance who takes the rollout to the next stage
 * @param approvalFrom a stage of this percentage or more is only entered by a person, above 0 and at most 100; null for none
 * @param alpha the probability that a harmless rollout is ever stopped, over all metrics, stages and looks; above 0 and at most 0.5
 * @param alphaAdvance the probability, for each stage, that one just beyond the margin is taken for safe; above 0 and at most 0.5
 * @param harmBudget how many bad outcomes more than without the rollout a stage may risk, in percentage points of <em>all</em>
 *     traffic; above 0 and below 100. Gives the margin of metrics without one
 * @param unit whom an outcome belongs to: {@link Bucketing#BY_USER}, {@link #EVENT}, or an attribute's name; null for what the
 *     flag buckets by
 * @param metrics what is compared, each name once, at least one
 */
public record Guard(
        Mode mode,
        Advance advance,
        @Nullable Double approvalFrom,
        double alpha,
        double alphaAdvance,
        double harmBudget,
        @Nullable String unit,
        List<GuardMetric> metrics) {

    /** The unit of a guard that takes every outcome for independent of all others. */
    public static final String EVENT = "event";

    /** Acts and advances by itself, and kills on evidence of more errors: at 1 %, with one point of harm. */
    public static final Guard DEFAULT =
            new Guard(Mode.ENFORCE, Advance.AUTO, null, 0.01, 0.05, 1, null, List.of(GuardMetric.ERROR));

    public Guard {
        metrics = List.copyOf(metrics);
    }

    /** Returns those of some values that this guard compares. */
    public Map<GuardMetric.Name, Double> compared(Map<GuardMetric.Name, Double> values) {
        Map<GuardMetric.Name, Double> compared = new EnumMap<>(GuardMetric.Name.class);
        for (GuardMetric metric : metrics) {
            Double value = values.get(metric.name());
            if (value != null) {
                compared.put(metric.name(), value);
            }
        }
        return compared;
    }

    /** Whether a guard acts. */
    public enum Mode {
        /** It acts. */
        ENFORCE,
        /** It only says what it would do. */
        DRY_RUN
    }

    /** Who takes a rollout on. */
    public enum Advance {
        /** The guard, when a stage is shown to be safe. */
        AUTO,
        /** People; the guard only stops. */
        MANUAL
    }
}
