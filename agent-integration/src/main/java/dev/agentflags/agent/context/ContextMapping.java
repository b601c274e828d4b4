package dev.agentflags.agent.context;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Under which names a caller's parts stand in an OpenFeature evaluation context. Immutable.
 *
 * <p>The user is the targeting key. An anonymous caller's key is {@code anon:} and the conversation, so that one
 * conversation stays in one bucket and no conversation id can pass for a user's id; without a conversation there is no
 * key. Nothing is ever made up or random. What is absent here is left to the contexts below, which OpenFeature merges:
 * the client's, the transaction's and the API's.
 *
 * <p>Reading undoes writing. Where a name has dots and no attribute of that name exists, it is read as a path:
 * {@code subscription.tier} finds {@code {"subscription": {"tier": "pro"}}}.
 */
public final class ContextMapping {

    private static final String ANONYMOUS_KEY = "anon:";

    private final @Nullable String user;
    private final String plan;
    private final String conversation;
    private final String tenant;
    private final String anonymous;
    private final Set<String> names;

    private ContextMapping(Builder builder) {
        this.user = builder.user;
        this.plan = builder.plan;
        this.conversation = builder.conversation;
        this.tenant = builder.tenant;
        this.anonymous = builder.anonymous;
        this.names = Stream.of(EvaluationContext.TARGETING_KEY, user, plan, conversation, tenant, anonymous)
                .filter(name -> name != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names that Agent Flags' own provider expects. */
    public static ContextMapping defaults() {
        return builder().build();
    }

    /** Starts from {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Says to OpenFeature who is asking. An attribute of the caller's that bears one of this mapping's names is left
     * out: only the part itself may speak for it.
     */
    public EvaluationContext write(AgentContext caller) {
        var attributes = new HashMap<String, Value>();
        caller.attributes().forEach((name, value) -> {
            if (!names.contains(name)) {
                attributes.put(name, value);
            }
        });
        put(attributes, user, caller.userId());
        put(attributes, plan, caller.plan());
        put(attributes, conversation, caller.conversationId());
        put(attributes, tenant, caller.tenant());
        attributes.put(anonymous, new Value(caller.anonymous()));
        return new ImmutableContext(targetingKey(caller), attributes);
    }

    private static void put(Map<String, Value> attributes, @Nullable String name, @Nullable String value) {
        if (name != null && value != null) {
            attributes.put(name, new Value(value));
        }
    }

    /** What an evaluation for this caller is bucketed by; null if there is neither a user nor a conversation. */
    static @Nullable String targetingKey(AgentContext caller) {
        if (caller.userId() != null) {
            return caller.userId();
        }
        return caller.conversationId() == null ? null : ANONYMOUS_KEY + caller.conversationId();
    }

    /**
     * Finds out who is asking. A user's name of its own, where one is set, goes before the targeting key; ids may be
     * text or whole numbers. Where the context says that the caller is anonymous, the targeting key stands for the
     * conversation, unless that is named too. Writing such a caller again gives {@code anon:} and that key, which is another
     * bucket than the one that the context itself falls into.
     */
    public AgentContext read(EvaluationContext context) {
        var attributes = context.asUnmodifiableMap();
        String key = context.getTargetingKey();
        String conversationId = text(find(attributes, conversation));
        String userId = user == null ? null : text(find(attributes, user));
        if (saysAnonymous(attributes)) {
            userId = null;
            conversationId = conversationId == null ? withoutPrefix(key) : conversationId;
        } else if (userId == null) {
            userId = key;
        }
        return new AgentContext(
                userId,
                text(find(attributes, plan)),
                conversationId,
                text(find(attributes, tenant)),
                remaining(attributes));
    }

    private boolean saysAnonymous(Map<String, Value> attributes) {
        Value value = find(attributes, anonymous);
        return value != null && Boolean.TRUE.equals(value.asBoolean());
    }

    private static @Nullable String withoutPrefix(@Nullable String key) {
        return key != null && key.startsWith(ANONYMOUS_KEY) ? key.substring(ANONYMOUS_KEY.length()) : key;
    }

    private Map<String, Value> remaining(Map<String, Value> attributes) {
        var remaining = new HashMap<String, Value>();
        attributes.forEach((name, value) -> {
            if (value != null && !names.contains(name)) {
                remaining.put(name, value);
            }
        });
        return remaining;
    }

    private static @Nullable Value find(Map<String, Value> attributes, String name) {
        Value exact = attributes.get(name);
        int dot = name.indexOf('.');
        if (exact != null || dot < 0) {
            return exact;
        }
        Value head = attributes.get(name.substring(0, dot));
        return head == null || !head.isStructure()
                ? null
                : find(head.asStructure().asUnmodifiableMap(), name.substring(dot + 1));
    }

    private static @Nullable String text(@Nullable Value value) {
        if (value == null || value.isString()) {
            return value == null ? null : value.asString();
        }
        boolean whole = value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
        return whole ? Long.toString(value.asLong()) : null;
    }

    /** Collects names. Not safe for use by many threads. */
    public static final class Builder {

        private @Nullable String user;
        private String plan = "plan";
        private String conversation = "conversationId";
        private String tenant = "tenantId";
        private String anonymous = "anonymous";

        private Builder() {}

        /** Sets the attribute that holds the user's id, beside the targeting key; none unless set. */
        public Builder user(String name) {
            this.user = checked(name);
            return this;
        }

        /** Sets the attribute that holds the plan; {@code plan} unless set. */
        public Builder plan(String name) {
            this.plan = checked(name);
            return this;
        }

        /** Sets the attribute that holds the conversation's id; {@code conversationId} unless set. */
        public Builder conversation(String name) {
            this.conversation = checked(name);
            return this;
        }

        /** Sets the attribute that holds the tenant; {@code tenantId} unless set. */
        public Builder tenant(String name) {
            this.tenant = checked(name);
            return this;
        }

        /** Sets the attribute that is true for anonymous callers; {@code anonymous} unless set. */
        public Builder anonymous(String name) {
            this.anonymous = checked(name);
            return this;
        }

        private static String checked(String name) {
            if (name.isBlank() || name.equals(EvaluationContext.TARGETING_KEY)) {
                throw new IllegalArgumentException("expected an attribute's name, found \"" + name + "\"");
            }
            return name;
        }

        /** Makes the mapping. */
        public ContextMapping build() {
            return new ContextMapping(this);
        }
    }
}
