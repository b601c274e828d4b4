package dev.agentflags.agent.outcome;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names a run wherever feedback on it may come from: another process, a page in a browser, next week.
 *
 * <p>It holds no user data, only what is needed to credit the feedback to the right variants. It is not signed: whoever
 * can send feedback can also make up a reference.
 *
 * @param runId unique
 * @param agent the agent's name
 * @param labels what the run served, without the flags that gave the code's own configuration for want of a variant
 */
public record RunRef(RunId runId, String agent, List<Label> labels) {

    /** Copies the labels. */
    public RunRef {
        labels = List.copyOf(labels);
    }

    /**
     * One flag's part in a run.
     *
     * @param reason one of OpenFeature's own reasons or {@code KILLED}; null for any other
     * @param version of the flag, at the time when it decided; null if its provider told none
     */
    public record Label(
            String flag,
            String variant,
            @Nullable String reason,
            @Nullable String version) {

        /** Makes a label of a flag whose provider told no version. */
        public Label(String flag, String variant, @Nullable String reason) {
            this(flag, variant, reason, null);
        }
    }

    /**
     * This reference as text for {@link #decode}: letters, digits, {@code -} and {@code _}, some 40 a flag and
     * 4,096 at most. Labels for which that is not enough, or there are more than 64 of, are left out, the last ones first.
     */
    public String encode() {
        return RunRefCodec.encode(this);
    }

    /**
     * Undoes {@link #encode}.
     *
     * @throws IllegalArgumentException if {@code text} is anything else
     */
    public static RunRef decode(String text) {
        return RunRefCodec.decode(text);
    }
}
