/**
 * The OpenFeature provider over any {@link dev.agentflags.source.FlagSource}.
 *
 * <p>{@link dev.agentflags.openfeature.AgentFlagsProvider} answers from the ruleset in force, {@code Lifecycle} keeps the SDK's
 * idea of the provider's state in step with the source, {@code View} translates answers. Only this package and
 * {@code dev.agentflags.config} know the SDK.
 */
@NullMarked
package dev.agentflags.openfeature;

import org.jspecify.annotations.NullMarked;
