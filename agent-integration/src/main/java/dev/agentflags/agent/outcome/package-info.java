/**
 * What is reported of a turn: what the flags decided and how it ended.
 *
 * <p>Start with {@link dev.agentflags.agent.outcome.RunOutcome}, and with {@link
 * dev.agentflags.agent.outcome.OutcomeListener} to be told of them. How a turn is decided is left to {@code
 * dev.agentflags.agent}.
 */
@NullMarked
package dev.agentflags.agent.outcome;

import org.jspecify.annotations.NullMarked;
