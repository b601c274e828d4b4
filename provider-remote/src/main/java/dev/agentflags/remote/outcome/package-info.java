/**
 * Sends the outcomes of guarded flags to the server that guards for all processes.
 *
 * <p>Start reading at {@link dev.agentflags.remote.outcome.OutcomeSender}. Nothing here is on the way of an answer.
 */
@NullMarked
package dev.agentflags.remote.outcome;

import org.jspecify.annotations.NullMarked;
