package dev.agentflags.agent.context;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets code that asks OpenFeature itself, under its own attribute names, be understood by flags that target users and
 * plans: an evaluation with {@code userId} and {@code subscription.tier} gets a targeting key and a {@code plan}.
 *
 * <p>It only adds. What an evaluation already says under the names that flags expect stands as it is. Immutable.
 */
public final class ContextHook implements Hook<Object> {

    private final ContextMapping theirs;
    private final ContextMapping expected;

    private ContextHook(ContextMapping theirs, ContextMapping expected) {
        this.theirs = theirs;
        this.expected = expected;
    }

    /** From an application's names to the ones of {@link ContextMapping#defaults()}. */
    public static ContextHook from(ContextMapping theirs) {
        return new ContextHook(theirs, ContextMapping.defaults());
    }

    /** From these names to the ones of {@code expected}. */
    public ContextHook to(ContextMapping expected) {
        return new ContextHook(theirs, expected);
    }

    @Override
    public Optional<EvaluationContext> before(HookContext<Object> evaluation, Map<String, Object> hints) {
        EvaluationContext said = evaluation.getCtx();
        EvaluationContext known = expected.write(withoutAttributes(theirs.read(said)));
        var missing = new HashMap<String, Value>(known.asUnmodifiableMap());
        missing.remove(EvaluationContext.TARGETING_KEY);
        missing.keySet().removeAll(said.asUnmodifiableMap().keySet());
        return Optional.of(new ImmutableContext(missingKey(said, known), missing));
    }

    private static AgentContext withoutAttributes(AgentContext caller) {
        return new AgentContext(caller.userId(), caller.plan(), caller.conversationId(), caller.tenant(), Map.of());
    }

    private static @Nullable String missingKey(EvaluationContext said, EvaluationContext known) {
        String key = said.getTargetingKey();
        return key == null || key.isBlank() ? known.getTargetingKey() : null;
    }
}
