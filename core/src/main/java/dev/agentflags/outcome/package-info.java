/**
 * How turns of an agent ended, as evidence for or against a flag.
 *
 * <p>An {@link dev.agentflags.outcome.Outcome} is one turn, or one piece of feedback, seen from one flag that is guarded.
 * {@link dev.agentflags.outcome.OutcomeSink} takes them from a provider: in process, or for a server, to which they go in an
 * {@link dev.agentflags.outcome.OutcomeBatch}. What they come to is left to {@code dev.agentflags.rollout}.
 */
@NullMarked
package dev.agentflags.outcome;

import org.jspecify.annotations.NullMarked;
