package dev.agentflags.agent.otel;

import dev.agentflags.agent.AgentRun;
import dev.agentflags.agent.outcome.Decision;
import dev.agentflags.agent.outcome.RunRef;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;

/** What a run of an agent puts on a span. Only labels: no ids of people, no prompts, no values. */
public final class RunTelemetry {

    private RunTelemetry() {}

    /**
     * Puts the agent, the run, the model and each flag's label on {@code span}, usually the one of the turn. What had no
     * variant served is labelled {@code default}. A run that one flag decided also gets that flag under the names of
     * OpenTelemetry's conventions.
     */
    public static void mark(Span span, AgentRun run) {
        if (span.isRecording()) {
            span.setAllAttributes(attributes(run));
        }
    }

    private static Attributes attributes(AgentRun run) {
        var ref = run.ref();
        var attributes = Attributes.builder()
                .put(Names.AGENT, ref.agent())
                .put(Names.RUN_ID, ref.runId().toString())
                .put(Names.MODEL, run.config().model());
        for (Decision decision : run.decisions()) {
            attributes.put(Names.labelOf(decision.flag()), decision.label());
        }
        if (run.decisions().size() == 1 && ref.labels().size() == 1) {
            RunRef.Label only = ref.labels().get(0);
            attributes.put(Names.FLAG_KEY, only.flag()).put(Names.VARIANT, only.variant());
        }
        return attributes.build();
    }
}
