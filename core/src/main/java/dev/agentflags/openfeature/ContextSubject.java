package dev.agentflags.openfeature;

import dev.agentflags.evaluation.Subject;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Value;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation context, seen as a subject. Lives for one evaluation; the SDK's contexts are not made to be kept. Not safe for use by
 * many threads.
 */
final class ContextSubject implements Subject {

    private final @Nullable EvaluationContext context;
    private final String planAttribute;

    /** Which was asked for last: many rules ask for one attribute, and the SDK looks for it and copies it each time. */
    private @Nullable String latestName;

    private @Nullable Object latest;

    /**
     * Sees a context as a subject.
     *
     * @param planAttribute the name of the attribute that holds the plan
     */
    ContextSubject(@Nullable EvaluationContext context, String planAttribute) {
        this.context = context;
        this.planAttribute = planAttribute;
    }

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
        if (!name.equals(latestName)) {
            latest = read(name);
            latestName = name;
        }
        return latest;
    }

    private @Nullable Object read(String name) {
        Value value = context == null ? null : context.getValue(name);
        return value == null ? null : value.asObject();
    }
}
