package dev.agentflags.agent;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import java.util.function.Predicate;

/** A provider whose flags a test can set, change and break. */
interface TestFlags {

    FeatureProvider provider();

    /** Serves this variant to everyone; a value is a Boolean, a String or a Value. */
    void serve(String flag, String variant, Object value);

    /** A boolean flag, on for some callers. */
    void serveIf(String flag, Predicate<EvaluationContext> on);

    /** Serves the variant {@code off} to everyone. */
    default void off(String flag, Object value) {
        serve(flag, "off", value);
    }

    /** Serves the caller's default, as disabled flags do. */
    void disable(String flag);

    /** Serves the variant {@code off}, saying that the flag's kill switch is engaged. */
    void kill(String flag, Object value);

    void remove(String flag);

    /** Fails every evaluation from now on, or no longer. */
    void fail(boolean down);
}
