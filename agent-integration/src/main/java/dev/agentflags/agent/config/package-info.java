/**
 * What an agent runs with, and how it is read from a flag's value.
 *
 * <p>Start with {@link dev.agentflags.agent.config.AgentConfig}; {@link dev.agentflags.agent.config.ConfigRules} says
 * what flags may put into one. Which flag decides what is left to {@code dev.agentflags.agent}.
 */
@NullMarked
package dev.agentflags.agent.config;

import org.jspecify.annotations.NullMarked;
