package dev.agentflags.evaluation;

import dev.agentflags.model.KillSwitch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flag, ready to be asked. Immutable.
 *
 * <p>Most flags have to know no more of a subject than its user. Whoever asks them with the user alone need not make a subject, and
 * the JIT compiler can see that whatever the user was taken from goes no further.
 */
public final class CompiledFlag {

    private final String key;
    private final Step[] steps;
    private final @Nullable String off;
    private final KillSwitch killSwitch;
    private final boolean asksForUserOnly;

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
        this.asksForUserOnly = !asksForMore(this.steps);
    }

    /** A loop, not a stream: a flag is made whenever somebody asks for one that there is not, as of a list of providers. */
    private static boolean asksForMore(Step[] steps) {
        for (Step step : steps) {
            if (step.asksForMore()) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@link #resolveFor} is enough. */
    public boolean asksForUserOnly() {
        return asksForUserOnly;
    }

    /**
     * Evaluates the flag for a user of whom nothing else matters. Never throws.
     *
     * @param user null for nobody in particular
     */
    public Resolution resolveFor(@Nullable String user) {
        return resolve(user, UserOnly.INSTANCE);
    }

    /** Evaluates the flag for a subject. Never throws. */
    public Resolution resolve(Subject subject) {
        return resolve(subject.user(), subject);
    }

    private Resolution resolve(@Nullable String user, Subject subject) {
        for (Step step : steps) {
            Resolution resolution = step.decide(user, subject);
            if (resolution != null) {
                return resolution;
            }
        }
        throw new AssertionError("the last step of " + key + " did not decide");
    }

    /** Whether the flag serves the subject anything other than its off variant. */
    boolean isOn(@Nullable String user, Subject subject) {
        return resolve(user, subject) instanceof Resolution.Served served
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

    /** Stands where nobody asks for more than the user. */
    private enum UserOnly implements Subject {
        INSTANCE;

        @Override
        public @Nullable String user() {
            throw new AssertionError("a step asks for the user that it is given");
        }

        @Override
        public @Nullable String plan() {
            throw new AssertionError("a step asks for a plan and has not said so");
        }

        @Override
        public @Nullable Object attribute(String name) {
            throw new AssertionError("a step asks for \"" + name + "\" and has not said so");
        }
    }
}
