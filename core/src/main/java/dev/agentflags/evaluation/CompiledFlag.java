package dev.agentflags.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One flag, ready to be asked. Immutable. */
final class CompiledFlag {

    private final String key;
    private final Step[] steps;
    private final @Nullable String off;
    private final @Nullable String killReason;

    /**
     * Makes a flag.
     *
     * @param steps tried in order; the last one always decides
     * @param off the variant that the flag serves to those it is not on for, or null where that is the caller's default
     * @param killReason why it is killed, or null where it is not or nobody said
     */
    CompiledFlag(String key, List<Step> steps, @Nullable String off, @Nullable String killReason) {
        this.key = key;
        this.steps = steps.toArray(Step[]::new);
        this.off = off;
        this.killReason = killReason;
    }

    Resolution resolve(Subject subject) {
        for (Step step : steps) {
            Resolution resolution = step.decide(subject);
            if (resolution != null) {
                return resolution;
            }
        }
        throw new AssertionError("the last step of " + key + " did not decide");
    }

    /** Whether the flag serves the subject anything other than its off variant. */
    boolean isOn(Subject subject) {
        return resolve(subject) instanceof Resolution.Served served
                && !served.variant().equals(off);
    }

    String key() {
        return key;
    }

    List<Step> steps() {
        return List.of(steps);
    }

    @Nullable
    String killReason() {
        return killReason;
    }
}
