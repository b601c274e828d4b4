package dev.agentflags.evaluation;

import dev.agentflags.model.KillSwitch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One flag, ready to be asked. Immutable. */
final class CompiledFlag {

    private final String key;
    private final Step[] steps;
    private final @Nullable String off;
    private final KillSwitch killSwitch;

    /**
     * Makes a flag.
     *
     * @param steps tried in order; the last one always decides
     * @param off the variant that the flag serves to those it is not on for, or null where that is the caller's default
     * @param killSwitch the flag's own, or the root's where that is engaged
     */
    CompiledFlag(String key, List<Step> steps, @Nullable String off, KillSwitch killSwitch) {
        this.key = key;
        this.steps = steps.toArray(Step[]::new);
        this.off = off;
        this.killSwitch = killSwitch;
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

    KillSwitch killSwitch() {
        return killSwitch;
    }
}
