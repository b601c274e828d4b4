/**
 * Says in OpenTelemetry which variant was served to whom, and never who that is or what the prompt said.
 *
 * <p>Start with {@link dev.agentflags.agent.otel.EvaluationTelemetry}, a hook for evaluations, and {@link
 * dev.agentflags.agent.otel.RunTelemetry}, for the span of a turn. Where it all goes is left to the OpenTelemetry SDK.
 */
@NullMarked
package dev.agentflags.agent.otel;

import org.jspecify.annotations.NullMarked;
