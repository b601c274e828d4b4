/**
 * Who is asking, and how that is said to OpenFeature.
 *
 * <p>Start with {@link dev.agentflags.agent.context.AgentContext}; a {@link
 * dev.agentflags.agent.context.ContextMapping} turns it into an evaluation context and back. What the flags make of it
 * is left to the provider.
 */
@NullMarked
package dev.agentflags.agent.context;

import org.jspecify.annotations.NullMarked;
