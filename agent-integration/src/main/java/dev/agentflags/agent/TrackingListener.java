package dev.agentflags.agent;

import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.context.ContextMapping;
import dev.agentflags.agent.outcome.Decision;
import dev.agentflags.agent.outcome.Feedback;
import dev.agentflags.agent.outcome.OutcomeListener;
import dev.agentflags.agent.outcome.RunEnd;
import dev.agentflags.agent.outcome.RunOutcome;
import dev.agentflags.agent.outcome.RunRef;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports outcomes through OpenFeature's tracking API: to whichever provider serves the flags.
 *
 * <p>{@code docs/agent-integration.md} lists the events' fields, for whoever reads them at the other end. Whole numbers
 * go as integers: a long breaks the conversions of SDK 1.22.
 */
final class TrackingListener implements OutcomeListener {

    private static final String RUN = "agent.run";
    private static final String FEEDBACK = "agent.feedback";
    private static final double NANOS_PER_MILLI = 1e6;

    private final Client client;
    private final ContextMapping mapping;

    TrackingListener(Client client, ContextMapping mapping) {
        this.client = client;
        this.mapping = mapping;
    }

    @Override
    public void onRun(RunOutcome outcome) {
        var usage = outcome.usage();
        var tools = outcome.tools();
        double durationMillis = millis(outcome.duration());
        var details = about(outcome.ref(), durationMillis)
                .add("status", outcome.end().status())
                .add("durationMillis", durationMillis)
                .add("modelCalls", usage.calls())
                .add("inputTokens", whole(usage.inputTokens()))
                .add("outputTokens", whole(usage.outputTokens()))
                .add("toolCalls", tools.calls())
                .add("toolErrors", tools.errors())
                .add("toolRefusals", tools.refusals());
        if (outcome.end() instanceof RunEnd.Failed failed) {
            details.add("errorClass", failed.cause().name().toLowerCase(Locale.ROOT));
            details.add("errorType", failed.type());
        }
        if (usage.cost() != null) {
            details.add("cost", usage.cost());
        }
        if (outcome.timeToFirstToken() != null) {
            details.add("timeToFirstTokenMillis", millis(outcome.timeToFirstToken()));
        }
        addDecisions(details, outcome);
        client.track(RUN, mapping.write(outcome.context()), details);
    }

    private static void addDecisions(MutableTrackingEventDetails details, RunOutcome outcome) {
        var variants = new HashMap<String, Value>();
        var reasons = new HashMap<String, Value>();
        var versions = new HashMap<String, Value>();
        var statuses = new HashMap<String, Value>();
        for (Decision decision : outcome.decisions()) {
            variants.put(decision.flag(), new Value(decision.label()));
            put(reasons, decision.flag(), decision.reason());
            put(versions, decision.flag(), decision.version());
            put(statuses, decision.flag(), decision.status().name().toLowerCase(Locale.ROOT));
        }
        addFlags(details, variants, reasons, versions);
        details.add("statuses", new ImmutableStructure(statuses));
    }

    @Override
    public void onFeedback(Feedback feedback) {
        var variants = new HashMap<String, Value>();
        var reasons = new HashMap<String, Value>();
        var versions = new HashMap<String, Value>();
        for (RunRef.Label label : feedback.ref().labels()) {
            variants.put(label.flag(), new Value(label.variant()));
            put(reasons, label.flag(), label.reason());
            put(versions, label.flag(), label.version());
        }
        var details = about(feedback.ref(), feedback.score()).add("kind", feedback.kind());
        addFlags(details, variants, reasons, versions);
        AgentContext context = feedback.context();
        if (context == null) {
            client.track(FEEDBACK, details);
        } else {
            client.track(FEEDBACK, mapping.write(context), details);
        }
    }

    private static MutableTrackingEventDetails about(RunRef ref, double value) {
        return new MutableTrackingEventDetails(value)
                .add("agent", ref.agent())
                .add("runId", ref.runId().toString());
    }

    private static void put(Map<String, Value> structure, String name, @Nullable String text) {
        if (text != null) {
            structure.put(name, new Value(text));
        }
    }

    private static void addFlags(
            MutableTrackingEventDetails details,
            Map<String, Value> variants,
            Map<String, Value> reasons,
            Map<String, Value> versions) {
        details.add("variants", new ImmutableStructure(variants));
        details.add("reasons", new ImmutableStructure(reasons));
        details.add("versions", new ImmutableStructure(versions));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }

    private static int whole(long number) {
        return (int) Math.max(0, Math.min(number, Integer.MAX_VALUE));
    }
}
