package dev.agentflags.outcome;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric;
import dev.agentflags.model.GuardMetric.Name;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one turn, or one piece of feedback, says of one flag whose bucket decided it. Immutable; holds nobody's name.
 *
 * @param flag the flag's key
 * @param arm what the turn was served
 * @param unit whom it belongs to, as {@link Units#hash} makes it; null where it is independent of all others
 * @param version of the ruleset that decided, which tells the stage and its share: of a conversation that keeps an earlier
 *     decision, the version of that time; null where nobody told
 * @param values by metric: a share's is 0 for good and 1 for bad, an amount's finite and at least 0, or infinite if it is
 *     known never to end. A metric that is absent is missing: neither good nor bad
 */
public record Outcome(
        String flag, Arm arm, @Nullable Long unit, @Nullable String version, Map<GuardMetric.Name, Double> values) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not a value of its metric
     */
    public Outcome {
        var checked = new EnumMap<Name, Double>(Name.class);
        values.forEach((metric, value) -> checked.put(metric, check(metric, value)));
        values = Collections.unmodifiableMap(checked);
    }

    private static double check(Name metric, double value) {
        boolean sound = metric.isAmount() ? value >= 0 : value == 0 || value == 1;
        if (!sound) {
            throw new IllegalArgumentException(
                    "expected %s of %s, found %s".formatted(metric.isAmount() ? "an amount" : "0 or 1", metric, value));
        }
        return value;
    }
}
