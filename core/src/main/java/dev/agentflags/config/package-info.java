/**
 * A provider from configuration alone: properties, environment, or a file on the class path.
 *
 * <p>{@link dev.agentflags.config.AgentFlags} builds it; a module announces the kind of provider that it has as a
 * {@link dev.agentflags.config.ProviderFactory}, found with {@link java.util.ServiceLoader}. No kind is known here by name.
 */
@NullMarked
package dev.agentflags.config;

import org.jspecify.annotations.NullMarked;
