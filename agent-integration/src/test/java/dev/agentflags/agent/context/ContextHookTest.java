package dev.agentflags.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContextHookTest {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private @Nullable EvaluationContext seen;

    @BeforeEach
    void register() {
        Flag<Boolean> flag = Flag.<Boolean>builder()
                .variant("on", true)
                .defaultVariant("on")
                .contextEvaluator((known, context) -> {
                    seen = new ImmutableContext(context.getTargetingKey(), context.asMap());
                    return true;
                })
                .build();
        api.setProviderAndWait(new InMemoryProvider(Map.of("f", flag)));
    }

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private Map<String, Object> seenBy(ContextHook hook, @Nullable String key, Map<String, Object> asked) {
        Client client = api.getClient();
        client.addHooks(hook);
        client.getBooleanValue(
                "f",
                false,
                new ImmutableContext(
                        key, Value.objectToValue(asked).asStructure().asMap()));
        EvaluationContext context = seen;
        assertThat(context).isNotNull();
        return context.asObjectMap();
    }

    private static ContextHook theirs() {
        return ContextHook.from(ContextMapping.builder()
                .user("userId")
                .plan("subscription.tier")
                .build());
    }

    @Test
    void says_who_asks_under_the_names_that_flags_expect() {
        assertThat(seenBy(theirs(), null, Map.of("userId", 42, "subscription", Map.of("tier", "pro"))))
                .containsEntry("targetingKey", "42")
                .containsEntry("plan", "pro")
                .containsEntry("anonymous", false)
                .containsEntry("userId", 42);
    }

    @Test
    void leaves_what_is_said_already() {
        assertThat(seenBy(
                        theirs(),
                        "key-1",
                        Map.of("userId", "alice", "plan", "free", "subscription", Map.of("tier", "pro"))))
                .containsEntry("targetingKey", "key-1")
                .containsEntry("plan", "free");
    }

    @Test
    void takes_a_caller_without_an_id_for_anonymous() {
        assertThat(seenBy(theirs(), null, Map.of("conversationId", "c-1")))
                .containsEntry("targetingKey", "anon:c-1")
                .containsEntry("anonymous", true);
    }

    @Test
    void can_expect_other_names() {
        ContextHook hook = theirs().to(ContextMapping.builder().plan("tier").build());
        assertThat(seenBy(hook, "alice", Map.of("subscription.tier", "pro"))).containsEntry("tier", "pro");
    }
}
