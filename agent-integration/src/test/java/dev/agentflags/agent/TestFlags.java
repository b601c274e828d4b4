package dev.agentflags.agent;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.Value;
import java.util.Set;

/** A provider whose flags a test can set, change and break. */
public interface TestFlags {

    FeatureProvider provider();

    /** Serves this variant to everyone; a value is a Boolean, a String or a Value. */
    void serve(String flag, String variant, Object value);

    /** A boolean flag, on for these users and for everyone on these plans. */
    void serveTo(String flag, Set<String> users, Set<String> plans);

    /** Whether a caller is one of those. */
    static boolean isOneOf(EvaluationContext caller, Set<String> users, Set<String> plans) {
        Value plan = caller.getValue("plan");
        return users.contains(String.valueOf(caller.getTargetingKey()))
                || (plan != null && plans.contains(plan.asString()));
    }

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
