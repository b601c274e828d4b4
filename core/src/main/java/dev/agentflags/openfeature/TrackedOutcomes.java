package dev.agentflags.openfeature;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.Flag;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.outcome.Arms;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeSink;
import dev.agentflags.outcome.Units;
import dev.agentflags.snapshot.Snapshot;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.TrackingEventDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads tracked events as outcomes: {@code agent.run} and {@code agent.feedback}, with the fields that {@code docs/guard.md} lists.
 *
 * <p>Only flags that are guarded, and only what their bucket decided: whoever a list or a rule names is not comparable. The
 * thread that tracks only hands the event over.
 */
final class TrackedOutcomes implements TrackingListener {

    private static final String RUN = "agent.run";
    private static final String FEEDBACK = "agent.feedback";

    private final Supplier<@Nullable Snapshot> inForce;
    private final OutcomeSink sink;

    /** Makes a reader. */
    TrackedOutcomes(Supplier<@Nullable Snapshot> inForce, OutcomeSink sink) {
        this.inForce = inForce;
        this.sink = sink;
    }

    @Override
    public void tracked(String name, EvaluationContext context, @Nullable TrackingEventDetails details) {
        if (details != null && (name.equals(RUN) || name.equals(FEEDBACK))) {
            sink.report(() -> outcomes(name.equals(RUN), context, new EventFields(details)));
        }
    }

    private List<Outcome> outcomes(boolean isRun, EvaluationContext context, EventFields event) {
        Snapshot snapshot = inForce.get();
        Map<Name, Double> values = isRun ? RunValues.of(event) : feedback(event);
        boolean says = isRun ? event.text("status") != null : !values.isEmpty();
        if (snapshot == null || !says) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        event.structure("reasons").keySet().forEach(key -> {
            if (event.isSplit(key) && snapshot.ruleset().flags().get(key) instanceof Flag flag) {
                Outcome outcome = outcome(flag, isRun, context, event, values);
                if (outcome != null) {
                    outcomes.add(outcome);
                }
            }
        });
        return outcomes;
    }

    private static Map<Name, Double> feedback(EventFields event) {
        Double score = event.value();
        return score == null ? Map.of() : Map.of(Name.BAD_FEEDBACK, score < RunValues.GOOD_SCORE ? 1.0 : 0.0);
    }

    /** A turn that says nothing of any metric still says how large its arm is. */
    private static @Nullable Outcome outcome(
            Flag flag, boolean isRun, EvaluationContext context, EventFields event, Map<Name, Double> values) {
        Guard guard = flag.guard();
        Arm arm = guard == null ? null : Arms.of(flag.variants(), event.served(flag.key()));
        Map<Name, Double> wanted = guard == null ? Map.of() : guard.compared(values);
        if (guard == null || arm == null || (wanted.isEmpty() && !isRun)) {
            return null;
        }
        String by = guard.unit() == null ? flag.bucketing().by() : guard.unit();
        Long unit = null;
        if (!by.equals(Guard.EVENT)) {
            String of = EventFields.unit(context, by);
            if (of == null) {
                return null;
            }
            unit = Units.hash(flag.key(), of);
        }
        return new Outcome(flag.key(), arm, unit, event.text("versions", flag.key()), wanted);
    }
}
