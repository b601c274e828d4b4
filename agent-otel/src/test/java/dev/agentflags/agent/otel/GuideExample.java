package dev.agentflags.agent.otel;

import dev.agentflags.agent.AgentRun;
import dev.openfeature.sdk.Client;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;

/** What the guide shows of this module, line by line; the agent integration's tests compare them. */
final class GuideExample {

    private GuideExample() {}

    static void report(Client client, OpenTelemetry openTelemetry, byte[] key, AgentRun run) {
        client.addHooks(EvaluationTelemetry.withPseudonyms(openTelemetry, key));
        RunTelemetry.mark(Span.current(), run);
    }
}
