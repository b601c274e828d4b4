/**
 * Lets feature flags decide what an agent runs with, once per turn, and reports how the turn ended.
 *
 * <p>Start with {@link dev.agentflags.agent.AgentFlags}, built over an OpenFeature client, and {@link
 * dev.agentflags.agent.AgentRun}, one for each turn. It works over any provider; which variant a caller gets is left to
 * that.
 */
@NullMarked
package dev.agentflags.agent;

import org.jspecify.annotations.NullMarked;
