package dev.agentflags.openfeature;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.TrackingEventDetails;
import org.jspecify.annotations.Nullable;

/** Is told of every event that the application tracks through a provider. */
@FunctionalInterface
public interface TrackingListener {

    /**
     * Takes note of an event, on the application's own thread, so it must not block. What it throws is dropped.
     *
     * @param name what happened, in the application's words
     * @param context whom it happened to, as the SDK merged it
     * @param details a value and attributes, or null
     */
    void tracked(String name, EvaluationContext context, @Nullable TrackingEventDetails details);
}
