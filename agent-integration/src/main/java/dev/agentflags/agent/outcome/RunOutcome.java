package dev.agentflags.agent.outcome;

import dev.agentflags.agent.context.AgentContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run, from start to end. There is exactly one for every run that was started.
 *
 * @param ref names the run and its labels
 * @param context who asked; holds the user's id, so not for logs
 * @param decisions what each flag decided, in the order in which they were declared
 * @param end how it ended
 * @param duration from start to end
 * @param timeToFirstToken null if no token was reported
 * @param usage of the model, summed over the run
 * @param tools calls of tools, counted over the run
 */
public record RunOutcome(
        RunRef ref,
        AgentContext context,
        List<Decision> decisions,
        RunEnd end,
        Duration duration,
        @Nullable Duration timeToFirstToken,
        Usage usage,
        Tools tools) {

    /** Copies the decisions. */
    public RunOutcome {
        decisions = List.copyOf(decisions);
    }

    /**
     * How often a model was called, for how many tokens, and what the run cost.
     *
     * @param cost in whatever currency it was reported; null if it was not
     */
    public record Usage(
            int calls,
            long inputTokens,
            long outputTokens,
            @Nullable Double cost) {

        /** Makes the usage of a run of which nobody told the cost. */
        public Usage(int calls, long inputTokens, long outputTokens) {
            this(calls, inputTokens, outputTokens, null);
        }
    }

    /**
     * How the tools were used.
     *
     * @param calls how many were made
     * @param errors how many of those failed
     * @param refusals how many were not made, since the agent may not use the tool
     * @param failed names of the tools of which a call failed
     */
    public record Tools(int calls, int errors, int refusals, Set<String> failed) {

        /** Copies the names. */
        public Tools {
            failed = Set.copyOf(failed);
        }
    }
}
