package dev.agentflags.openfeature;

import dev.agentflags.model.GuardMetric.Name;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the report of a turn says of each metric. What it does not tell is missing, never good. */
final class RunValues {

    /** Of feedback, from here on it is good. */
    static final double GOOD_SCORE = 0.5;

    private static final String SUCCESS = "success";
    private static final String ERROR = "error";
    private static final String ABANDONED = "abandoned";

    private RunValues() {}

    static Map<Name, Double> of(EventFields run) {
        Map<Name, Double> values = new EnumMap<>(Name.class);
        String status = run.text("status");
        if (status == null) {
            return values;
        }
        put(values, Name.ERROR, error(status, run.text("errorClass")));
        put(values, Name.LATENCY, latency(status, run));
        if (status.equals(SUCCESS) || status.equals(ERROR)) {
            put(values, Name.TOOL_ERROR, share(run.amount("toolErrors")));
            put(values, Name.TOKENS, sum(run.amount("inputTokens"), run.amount("outputTokens")));
            put(values, Name.COST, run.amount("cost"));
        }
        return values;
    }

    private static void put(Map<Name, Double> values, Name metric, @Nullable Double value) {
        if (value != null) {
            values.put(metric, value);
        }
    }

    /**
     * An error of the network or of the calling code says nothing of a variant, nor does a turn that was called off. One that
     * nobody ended in time hangs, and that speaks against it.
     */
    private static @Nullable Double error(String status, @Nullable String errorClass) {
        return switch (status) {
            case SUCCESS -> 0.0;
            case ABANDONED -> 1.0;
            case ERROR -> errorClass == null || errorClass.equals("variant") ? 1.0 : null;
            default -> null;
        };
    }

    /** Failing fast is not being fast. */
    private static @Nullable Double latency(String status, EventFields run) {
        return switch (status) {
            case SUCCESS -> run.amount("durationMillis");
            case ABANDONED -> Double.POSITIVE_INFINITY;
            default -> null;
        };
    }

    private static @Nullable Double share(@Nullable Double count) {
        return count == null ? null : count > 0 ? 1.0 : 0.0;
    }

    /** A turn in which no token was counted is one of which nobody counted them. */
    private static @Nullable Double sum(@Nullable Double input, @Nullable Double output) {
        double sum = (input == null ? 0 : input) + (output == null ? 0 : output);
        return sum > 0 ? sum : null;
    }
}
