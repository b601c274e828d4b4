package dev.agentflags.cli;

import dev.agentflags.model.GuardMetric;
import java.time.Instant;
import java.util.Map;

/**
 * One turn that was recorded.
 *
 * @param time when it ended
 * @param person whose it was
 * @param served by flag, which variant it had; without the flags of which the record does not say
 * @param values how it ended, by metric, as far as the record says: 0 for good and 1 for bad, or an amount
 */
record Recorded(Instant time, Person person, Map<String, String> served, Map<GuardMetric.Name, Double> values) {

    /** What is recorded as served where callers had their own default. */
    static final String CALLER_DEFAULT = "default";

    Recorded {
        served = Map.copyOf(served);
        values = Map.copyOf(values);
    }
}
