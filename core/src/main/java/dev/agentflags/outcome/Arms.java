package dev.agentflags.outcome;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.Treatment;
import dev.agentflags.model.Variants;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which arm a variant is. */
public final class Arms {

    private Arms() {}

    /**
     * Returns the arm, or null where that cannot be told.
     *
     * @param variant the name of what was served, or null for the caller's own default
     */
    public static @Nullable Arm of(Variants variants, @Nullable String variant) {
        boolean treated = variant != null && treatments(variants.on()).contains(variant);
        boolean control = variant == null ? variants.off() == null : variant.equals(variants.off());
        if (treated == control) {
            return null;
        }
        return treated ? Arm.TREATMENT : Arm.CONTROL;
    }

    private static Set<String> treatments(Treatment on) {
        if (on instanceof Treatment.Single single) {
            return Set.of(single.variant());
        }
        if (on instanceof Treatment.Split split) {
            return split.weights().keySet();
        }
        throw new AssertionError("not a kind of treatment: " + on);
    }
}
