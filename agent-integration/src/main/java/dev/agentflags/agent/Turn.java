package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.InvalidConfigException;
import dev.agentflags.agent.config.PromptTemplate;
import dev.agentflags.agent.conversation.Pin;
import dev.agentflags.agent.outcome.Decision;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn: each flag is asked once, in order, and what the conversation keeps is held against what the flags say now.
 *
 * <p>Two configurations are built side by side. What is <em>served</em> follows the pins, what is <em>fresh</em> only the
 * flags; they are one and the same until a pin holds. Tools are an entitlement, so only those in both are served.
 */
final class Turn {

    private final TurnPlan plan;
    private final EvaluationContext context;
    private final Map<String, String> variables;
    private final Map<String, Pin> pins;

    private final List<Decision> decisions;
    private final Map<String, Pin> kept = new HashMap<>();
    private boolean pinsChanged;
    private AgentConfig served;
    private AgentConfig fresh;
    private AgentConfig config;

    private Turn(TurnPlan plan, EvaluationContext context, Map<String, String> variables, Map<String, Pin> pins) {
        this.plan = plan;
        this.context = context;
        this.variables = variables.isEmpty() ? Map.of() : new HashMap<>(variables);
        this.pins = pins;
        this.decisions = new ArrayList<>(plan.steps().size());
        this.served = plan.base();
        this.fresh = plan.base();
        this.config = plan.base();
    }

    static Turn decide(TurnPlan plan, EvaluationContext context, Map<String, String> variables, Map<String, Pin> pins) {
        var turn = new Turn(plan, context, variables, pins);
        for (Step step : plan.steps()) {
            turn.take(step);
        }
        turn.config = turn.rendered(turn.entitled());
        return turn;
    }

    /** A turn in which nothing could be asked: the code's own configuration. */
    static Turn undecided(TurnPlan plan) {
        var turn = new Turn(plan, ImmutableContext.EMPTY, Map.of(), Map.of());
        Answer failed = Answer.failed(ErrorCode.GENERAL.name(), null, null);
        plan.steps().forEach(step -> turn.decisions.add(failed.decision(step.flag(), null)));
        return turn;
    }

    private void take(Step step) {
        Answer now = ask(step);
        Pin pin = pins.get(step.flag());
        if (pin == null || plan.everyTurn().contains(step.flag()) || !now.yieldsTo(pin) || !keep(step, pin, now)) {
            follow(step, now, pin);
        }
    }

    private Answer ask(Step step) {
        return step.question().ask(plan.client(), step.flag(), context, plan.offVariants());
    }

    /** Serves the conversation's earlier answer, unless the agent may no longer run with it. */
    private boolean keep(Step step, Pin pin, Answer now) {
        Answer earlier = Answer.of(pin);
        Attempt attempt = attempt(step, earlier, served);
        if (attempt.problem() != null && !attempt.passing()) {
            return false;
        }
        Attempt freshAttempt = attempt(step, now, fresh);
        served = attempt.config();
        fresh = freshAttempt.config();
        decisions.add(
                attempt.passing()
                        ? checked(earlier, attempt).decision(step.flag(), null)
                        : earlier.decision(step.flag(), checked(now, freshAttempt)));
        kept.put(step.flag(), pin);
        return true;
    }

    private void follow(Step step, Answer now, @Nullable Pin pin) {
        boolean alike = isSame(served, fresh);
        Attempt attempt = attempt(step, now, served);
        served = attempt.config();
        fresh = alike ? served : attempt(step, now, fresh).config();
        Answer answer = checked(now, attempt);
        decisions.add(answer.decision(step.flag(), null));
        remember(step.flag(), toKeep(step, now, attempt, pin), pin);
    }

    private static Answer checked(Answer answer, Attempt attempt) {
        return attempt.problem() == null ? answer : answer.refused(attempt.problem());
    }

    /** What the conversation is to keep of an answer that it follows. */
    private @Nullable Pin toKeep(Step step, Answer now, Attempt attempt, @Nullable Pin before) {
        if (plan.everyTurn().contains(step.flag())) {
            return null;
        }
        Pin pin = checked(now, attempt).pin();
        boolean missesATurn = attempt.passing() && before != null && before.isAlike(now.pin());
        return missesATurn ? before : pin;
    }

    private void remember(String flag, @Nullable Pin now, @Nullable Pin before) {
        if (now != null && before != null && before.isAlike(now)) {
            kept.put(flag, before);
            return;
        }
        pinsChanged |= now != null || before != null;
        if (now != null) {
            kept.put(flag, now);
        }
    }

    /**
     * What a change came to.
     *
     * @param config unchanged if there is a problem
     * @param passing whether the problem is this turn's, such as a variable that is missing, and not the rules'
     */
    private record Attempt(AgentConfig config, @Nullable String problem, boolean passing) {

        Attempt(AgentConfig config, @Nullable String problem) {
            this(config, problem, false);
        }
    }

    private Attempt attempt(Step step, Answer answer, AgentConfig config) {
        Value value = answer.value();
        if (value == null) {
            return new Attempt(config, null);
        }
        try {
            AgentConfig changed = step.change().apply(value, config);
            String problem = plan.rules().problem(changed, plan.base());
            if (problem != null) {
                return new Attempt(config, problem);
            }
            String missing = missing(changed, config);
            return missing == null ? new Attempt(changed, null) : new Attempt(config, missing, true);
        } catch (InvalidConfigException e) {
            return new Attempt(config, e.getMessage());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return new Attempt(config, "the change threw " + e.getClass().getName(), true);
        }
    }

    private @Nullable String missing(AgentConfig changed, AgentConfig before) {
        if (changed.systemPrompt().equals(before.systemPrompt())) {
            return null;
        }
        String problem = new PromptTemplate(changed.systemPrompt()).problem(variables);
        return problem == null ? null : "$.system_prompt: " + problem;
    }

    private AgentConfig entitled() {
        if (served.tools().equals(fresh.tools())) {
            return served;
        }
        var both = new LinkedHashSet<>(served.tools());
        both.retainAll(fresh.tools());
        return served.tools(both);
    }

    private AgentConfig rendered(AgentConfig template) {
        String prompt = new PromptTemplate(template.systemPrompt()).render(variables);
        return isSame(prompt, template.systemPrompt()) ? template : template.systemPrompt(prompt);
    }

    /** What the agent runs with in this turn. */
    AgentConfig config() {
        return config;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** What the conversation is to remember; null if that is what it remembers already. */
    @Nullable
    Map<String, Pin> changedPins() {
        return pinsChanged ? Map.copyOf(kept) : null;
    }

    /** Whether the flags, all asked again, still let the agent have this tool. */
    boolean stillAllows(String tool) {
        if (!plan.changesTools()) {
            return config.tools().contains(tool);
        }
        AgentConfig now = plan.base();
        for (Step step : plan.steps()) {
            now = attempt(step, ask(step), now).config();
        }
        return now.tools().contains(tool);
    }

    @SuppressWarnings("ReferenceEquality") // the very same object: nothing has changed, whatever it holds
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
