package dev.agentflags.openfeature;

import dev.agentflags.evaluation.Subject;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Value;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation context, seen as a subject. Lives for one evaluation; the SDK's contexts are not made to be kept.
 *
 * @param planAttribute the name of the attribute that holds the plan
 */
record ContextSubject(@Nullable EvaluationContext context, String planAttribute) implements Subject {

    @Override
    public @Nullable String user() {
        return context == null ? null : context.getTargetingKey();
    }

    @Override
    public @Nullable String plan() {
        return attribute(planAttribute) instanceof String plan ? plan : null;
    }

    @Override
    public @Nullable Object attribute(String name) {
        Value value = context == null ? null : context.getValue(name);
        return value == null ? null : value.asObject();
    }
}
