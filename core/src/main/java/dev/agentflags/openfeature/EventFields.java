package dev.agentflags.openfeature;

import dev.agentflags.evaluation.Reason;
import dev.agentflags.model.Bucketing;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a tracked event. What is absent, or of another type, is null.
 *
 * @param details as the application tracked them
 */
record EventFields(TrackingEventDetails details) {

    /** What agents report as the variant of a flag that gave them their own configuration for want of one. */
    private static final String DEFAULT = "default";

    private static final String OFF = "off";

    /** Returns the event's own value. */
    @Nullable
    Double value() {
        return details.getValue()
                .map(Number::doubleValue)
                .filter(Double::isFinite)
                .orElse(null);
    }

    @Nullable
    String text(String name) {
        Value value = details.getValue(name);
        return value == null ? null : value.asString();
    }

    /** Returns a finite number of 0 or more. */
    @Nullable
    Double amount(String name) {
        Value value = details.getValue(name);
        Double number = value == null || !value.isNumber() ? null : value.asDouble();
        return number == null || !(number >= 0 && number < Double.POSITIVE_INFINITY) ? null : number;
    }

    Map<String, Value> structure(String name) {
        Value value = details.getValue(name);
        Structure structure = value == null ? null : value.asStructure();
        return structure == null ? Map.of() : structure.asMap();
    }

    @Nullable
    String text(String structure, String name) {
        Value value = structure(structure).get(name);
        return value == null ? null : value.asString();
    }

    /** Whether the bucket decided a flag. */
    boolean isSplit(String flag) {
        return Reason.SPLIT.name().equals(text("reasons", flag));
    }

    /**
     * Returns the name of the variant that a flag served, or null for the caller's own default. A variant that could not be used
     * is told as the default, too, and told apart by its status.
     */
    @Nullable
    String served(String flag) {
        String variant = text("variants", flag);
        boolean isDefault = DEFAULT.equals(variant) && OFF.equals(text("statuses", flag));
        return isDefault ? null : variant;
    }

    /** Returns whom an event belongs to, by what it is told by: a string as it is, a whole number in digits. */
    static @Nullable String unit(EvaluationContext context, String by) {
        if (by.equals(Bucketing.BY_USER)) {
            return context.getTargetingKey();
        }
        Value value = context.getValue(by);
        if (value == null || value.isString()) {
            return value == null ? null : value.asString();
        }
        Double number = value.isNumber() ? value.asDouble() : null;
        return number != null && number == Math.rint(number) ? Long.toString(number.longValue()) : null;
    }
}
