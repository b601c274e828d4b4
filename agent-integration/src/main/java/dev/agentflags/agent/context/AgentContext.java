package dev.agentflags.agent.context;

import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking the agent. Immutable; what is not known is absent, and nothing here throws for missing data.
 *
 * <p>User, plan and tenant belong to the server's own session: never take them from the model's output, a tool's
 * arguments or a parameter that the client could choose. A plan that is not known is absent, not "free". And what is absent
 * here is taken from the transaction's, the client's and the API's own contexts, if they have it: a plan that an
 * application sets there is everybody's who has none.
 *
 * @param userId of a caller who is signed in; null for an anonymous one
 * @param plan what the caller pays for, as flags know it; null if unknown
 * @param conversationId groups the turns that should keep their decisions; null where there is no conversation
 * @param tenant the customer or workspace that the caller belongs to; null if there is none
 * @param attributes whatever else flags may target, by name
 */
public record AgentContext(
        @Nullable String userId,
        @Nullable String plan,
        @Nullable String conversationId,
        @Nullable String tenant,
        Map<String, Value> attributes) {

    private static final AgentContext NOBODY = new AgentContext(null, null, null, null, Map.of());

    /** Copies the attributes without those that are null, and takes blank text for absent. */
    public AgentContext {
        userId = present(userId);
        plan = present(plan);
        conversationId = present(conversationId);
        tenant = present(tenant);
        attributes = present(attributes);
    }

    private static Map<String, Value> present(Map<String, Value> attributes) {
        if (attributes.isEmpty()) {
            return Map.of();
        }
        var present = new HashMap<>(attributes);
        present.values().removeIf(value -> value == null);
        return Map.copyOf(present);
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** A caller who is signed in; null or blank gives an anonymous one. */
    public static AgentContext user(@Nullable String userId) {
        return new AgentContext(userId, null, null, null, Map.of());
    }

    /** A caller of whom nothing is known. */
    public static AgentContext nobody() {
        return NOBODY;
    }

    /** This caller, on this plan; null if it is unknown, and then OpenFeature's other contexts may say one. */
    public AgentContext plan(@Nullable String plan) {
        return new AgentContext(userId, plan, conversationId, tenant, attributes);
    }

    /** This caller, in this conversation; null if there is none. */
    public AgentContext conversation(@Nullable String conversationId) {
        return new AgentContext(userId, plan, conversationId, tenant, attributes);
    }

    /** This caller, in this tenant; null if there is none. */
    public AgentContext tenant(@Nullable String tenant) {
        return new AgentContext(userId, plan, conversationId, tenant, attributes);
    }

    /** This caller, with one more attribute; null takes the attribute away. */
    public AgentContext attribute(String name, @Nullable String value) {
        return with(name, value == null ? null : new Value(value));
    }

    /** This caller, with one more attribute. */
    public AgentContext attribute(String name, boolean value) {
        return with(name, new Value(value));
    }

    /** This caller, with one more attribute. */
    public AgentContext attribute(String name, int value) {
        return with(name, new Value(value));
    }

    /** This caller, with one more attribute. */
    public AgentContext attribute(String name, double value) {
        return with(name, new Value(value));
    }

    private AgentContext with(String name, @Nullable Value value) {
        var more = new HashMap<>(attributes);
        if (value == null) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return new AgentContext(userId, plan, conversationId, tenant, more);
    }

    /** Whether nobody is signed in. */
    public boolean anonymous() {
        return userId == null;
    }

    /** Says who is asking without giving anyone away: neither ids nor attributes, since this may end in a log. */
    @Override
    public String toString() {
        return "AgentContext[" + (anonymous() ? "anonymous" : "a user") + ", plan=" + plan + ", "
                + (conversationId == null ? "no conversation" : "in a conversation") + "]";
    }
}
