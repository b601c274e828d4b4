/**
 * Guards the rollouts of a server's flags from the outcomes of all processes that follow it.
 *
 * <p>Start reading at {@link dev.agentflags.server.guard.CentralGuard}. What the guard does is left to
 * {@code dev.agentflags.rollout}; changes go to the one thread that owns the store, like everybody's.
 */
@NullMarked
package dev.agentflags.server.guard;

import org.jspecify.annotations.NullMarked;
