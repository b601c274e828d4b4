package dev.agentflags.agent.outcome;

import dev.agentflags.agent.context.AgentContext;
import org.jspecify.annotations.Nullable;

/**
 * What somebody thought of a run, possibly long after it.
 *
 * @param ref the run; it may have come back from a user's browser, so its labels are a claim
 * @param kind what was asked or measured: {@code thumbs}, {@code parse_error}, {@code judge}; at most 64 characters
 * @param score 0 for bad to 1 for good
 * @param context who gave it; null if that is not known
 */
public record Feedback(
        RunRef ref, String kind, double score, @Nullable AgentContext context) {

    private static final int MAX_KIND = 64;

    /**
     * Checks kind and score.
     *
     * @throws IllegalArgumentException if the kind is blank or too long or the score is not 0 to 1
     */
    public Feedback {
        if (kind.isBlank() || kind.length() > MAX_KIND) {
            throw new IllegalArgumentException(
                    "expected a kind of 1 to " + MAX_KIND + " characters, found " + kind.length());
        }
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("expected a score from 0 to 1, found " + score);
        }
    }
}
