package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.context.ContextMapping;
import dev.agentflags.agent.conversation.Conversation;
import dev.agentflags.agent.conversation.Pin;
import dev.agentflags.agent.conversation.PinStore;
import dev.agentflags.agent.outcome.DeliveryCounts;
import dev.agentflags.agent.outcome.Feedback;
import dev.agentflags.agent.outcome.RunRef;
import dev.openfeature.sdk.Client;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets flags decide what an agent runs with: once per turn, over any OpenFeature provider. Safe for use by many threads.
 *
 * <p><b>The control arm is the code.</b> The agent's own configuration, given to {@link #builder}, is what every caller
 * gets for whom the flags are off, unknown, failing or killed: exactly it, whatever value the provider has for an off
 * variant. A value that the agent may not run with is refused, which is the same, and the decision says why. Nothing here
 * throws, waits for more than the provider, or logs while it answers.
 *
 * <p><b>A conversation keeps its decisions</b>, so that a rollout that grows changes nobody's prompt in mid-conversation.
 * A pin can keep a conversation from something new; it can never keep it on something that its flag no longer gives:
 *
 * <ul>
 *   <li>Killed (reason {@code KILLED} or metadata {@code killed}), disabled, removed and off win at the next turn.
 *       Off is a toggle that is false, an off variant, or a reply without a value. It makes no difference whether a flag is off
 *       for everyone or for this caller only, since providers do not agree on how to tell: a lower percentage, a plan
 *       that has ended and a required flag that was killed all take effect at the next turn.
 *   <li>Between two variants that are both on, the earlier one stays, and with it the value that it had. So where a
 *       foreign provider takes something back by serving another variant, that variant has to be named by {@link
 *       AgentFlagsBuilder#offVariants}, or the flag has to be switched off.
 *   <li>A provider that fails in any other way leaves the pin as it is, and so does a turn that lacks a variable of the
 *       pinned prompt: it gets the code's own. Rules that have come to forbid what is pinned end it. A decision without a variant's name is never pinned.
 *   <li>A conversation also keeps that a flag was off. What has to reach it all the same is declared {@link
 *       AgentFlagsBuilder#everyTurn}.
 *   <li>Tools are an entitlement: whatever the conversation keeps, it gets only the tools that the flags give it now. So
 *       a flag that fails takes the tools that it gave away, even where its prompt is kept.
 * </ul>
 */
public final class AgentFlags implements AutoCloseable {

    private final TurnPlan plan;
    private final ContextMapping mapping;
    private final PinStore pins;
    private final Runs runs;
    private final OutcomeDelivery delivery;

    AgentFlags(TurnPlan plan, ContextMapping mapping, PinStore pins, Runs runs, OutcomeDelivery delivery) {
        this.plan = plan;
        this.mapping = mapping;
        this.pins = pins;
        this.runs = runs;
        this.delivery = delivery;
    }

    /**
     * Starts to declare which flags decide what.
     *
     * @param client evaluates the flags and tracks the outcomes
     * @param agent the agent's name in reports, pins and thread names; 1 to 64 characters
     * @param base the code's own configuration; its prompt may be a template. Nothing stands behind it: a variable
     *     without a value stays in it as it is written, {@code {{name}}}
     * @throws IllegalArgumentException if the name is blank or too long
     */
    public static AgentFlagsBuilder builder(Client client, String agent, AgentConfig base) {
        return new AgentFlagsBuilder(client, agent, base);
    }

    /** Starts a turn without variables for its prompt. Never throws. */
    public AgentRun start(AgentContext caller) {
        return start(caller, Map.of());
    }

    /**
     * Starts a turn: asks each flag once. Never throws.
     *
     * @param variables what prompts may use as {@code {{name}}}; data, so do not let a user's text in here unless the
     *     prompt says where it begins and ends
     */
    public AgentRun start(AgentContext caller, Map<String, String> variables) {
        long now = runs.nanoTime();
        // null is against the contract, but a turn is not what should break on it
        AgentContext known = caller == null ? AgentContext.nobody() : caller;
        return runs.started(known, decide(known, variables == null ? Map.of() : variables), now);
    }

    private Turn decide(AgentContext caller, Map<String, String> variables) {
        try {
            Conversation conversation = conversation(caller);
            Map<String, Pin> before = conversation == null ? Map.of() : load(conversation);
            Turn turn = Turn.decide(plan, mapping.write(caller), variables, before);
            Map<String, Pin> after = turn.changedPins();
            if (conversation != null && after != null) {
                save(conversation, after);
            }
            return turn;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return Turn.undecided(plan);
        }
    }

    private @Nullable Conversation conversation(AgentContext caller) {
        return caller.conversationId() == null
                ? null
                : new Conversation(runs.agent(), caller.tenant(), caller.userId(), caller.conversationId());
    }

    private Map<String, Pin> load(Conversation conversation) {
        try {
            Map<String, Pin> loaded = pins.load(conversation);
            return loaded == null ? Map.of() : loaded;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return Map.of();
        }
    }

    private void save(Conversation conversation, Map<String, Pin> after) {
        try {
            pins.save(conversation, after);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            // the turn is decided; the next one will be decided afresh
        }
    }

    /**
     * Takes a turn without variables from start to end, as {@link #call(AgentContext, Map, TurnBody)}.
     *
     * @throws E what {@code turn} throws
     */
    public <T extends @Nullable Object, E extends Exception> T call(AgentContext caller, TurnBody<T, E> turn) throws E {
        return call(caller, Map.of(), turn);
    }

    /**
     * Takes a turn from start to end: a success when {@code turn} returns, an error when it throws, unless it has ended
     * the run itself.
     *
     * @param variables as in {@link #start(AgentContext, Map)}
     * @return what {@code turn} returns
     * @throws E what {@code turn} throws
     */
    public <T extends @Nullable Object, E extends Exception> T call(
            AgentContext caller, Map<String, String> variables, TurnBody<T, E> turn) throws E {
        AgentRun run = start(caller, variables);
        try {
            T result = turn.take(run);
            run.success();
            return result;
        } catch (Throwable e) {
            run.error(e);
            throw e;
        }
    }

    /** What happens in one turn. */
    @FunctionalInterface
    public interface TurnBody<T extends @Nullable Object, E extends Exception> {

        /** Answers with what {@code run} says. */
        T take(AgentRun run) throws E;
    }

    /**
     * Reports what somebody thought of a run, of this process or of another.
     *
     * @param kind what was asked or measured: {@code thumbs}, {@code parse_error}, {@code judge}; at most 64 characters
     * @param score 0 for bad to 1 for good
     * @throws IllegalArgumentException if the run is another agent's, the kind is blank or too long, or the score is not
     *     0 to 1
     */
    public void feedback(RunRef ref, String kind, double score) {
        report(new Feedback(known(ref), kind, score, null));
    }

    /**
     * Reports what this caller thought of a run, of this process or of another.
     *
     * @throws IllegalArgumentException as {@link #feedback(RunRef, String, double)}
     */
    public void feedback(RunRef ref, String kind, double score, AgentContext caller) {
        report(new Feedback(known(ref), kind, score, caller));
    }

    private void report(Feedback feedback) {
        delivery.report(listener -> listener.onFeedback(feedback));
    }

    /** The reference comes from outside; flags that this agent does not have are not reported. */
    private RunRef known(RunRef ref) {
        if (!ref.agent().equals(runs.agent())) {
            throw new IllegalArgumentException(
                    "expected a run of the agent " + runs.agent() + ", found one of " + ref.agent());
        }
        var labels = ref.labels().stream()
                .filter(label ->
                        plan.steps().stream().anyMatch(step -> step.flag().equals(label.flag())))
                .toList();
        return new RunRef(ref.runId(), ref.agent(), labels);
    }

    /** How many runs have started and not ended. */
    public int liveRuns() {
        return runs.live();
    }

    /** What became of the outcomes and feedback that were reported so far. */
    public DeliveryCounts deliveries() {
        return delivery.counts();
    }

    /**
     * Ends the runs that are live, as abandoned, delivers what is still to be delivered, for two seconds at most, and
     * stops this object's threads. With a scheduler of somebody else's it does not wait: that scheduler delivers the rest
     * for as long as it runs. Turns may still be started and ended, but nothing is reported of them. Closing again does
     * nothing.
     */
    @Override
    public void close() {
        runs.close();
        delivery.close();
    }
}
