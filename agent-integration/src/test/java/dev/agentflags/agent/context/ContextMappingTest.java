package dev.agentflags.agent.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContextMappingTest {

    private static final ContextMapping MAPPING = ContextMapping.defaults();

    static Stream<AgentContext> callers() {
        return Stream.of(
                AgentContext.nobody(),
                AgentContext.user("alice"),
                AgentContext.user("alice").plan("pro").conversation("c-1").tenant("acme"),
                AgentContext.nobody().conversation("c-1"),
                AgentContext.nobody().plan("free").attribute("region", "de"),
                AgentContext.user("alice")
                        .attribute("beta", true)
                        .attribute("age", 7)
                        .attribute("score", 0.5));
    }

    @ParameterizedTest
    @MethodSource("callers")
    void reads_what_it_wrote(AgentContext caller) {
        assertThat(MAPPING.read(MAPPING.write(caller))).isEqualTo(caller);
    }

    @ParameterizedTest
    @MethodSource("callers")
    void reads_what_it_wrote_under_other_names(AgentContext caller) {
        ContextMapping theirs = ContextMapping.builder()
                .user("userId")
                .plan("subscription.tier")
                .conversation("chat")
                .tenant("org")
                .anonymous("guest")
                .build();
        assertThat(theirs.read(theirs.write(caller))).isEqualTo(caller);
    }

    @Nested
    class Writes {

        @Test
        void every_part_under_its_name() {
            EvaluationContext context = MAPPING.write(
                    AgentContext.user("alice").plan("pro").conversation("c-1").tenant("acme"));
            assertThat(context.getTargetingKey()).isEqualTo("alice");
            assertThat(context.asObjectMap())
                    .isEqualTo(Map.of(
                            "targetingKey", "alice",
                            "plan", "pro",
                            "conversationId", "c-1",
                            "tenantId", "acme",
                            "anonymous", false));
        }

        @Test
        void the_user_under_a_name_too_where_it_has_one() {
            ContextMapping named = ContextMapping.builder().user("userId").build();
            assertThat(named.write(AgentContext.user("alice")).asObjectMap())
                    .containsEntry("targetingKey", "alice")
                    .containsEntry("userId", "alice");
        }

        @Test
        void a_key_for_anonymous_callers_that_no_user_can_have() {
            assertThat(MAPPING.write(AgentContext.nobody().conversation("alice"))
                            .getTargetingKey())
                    .isEqualTo("anon:alice");
        }

        @Test
        void no_key_where_there_is_nothing_to_make_it_of() {
            assertThat(MAPPING.write(AgentContext.user(" ")).getTargetingKey()).isNull();
        }

        @Test
        void no_attribute_that_would_pass_for_a_part() {
            EvaluationContext context = MAPPING.write(AgentContext.nobody()
                    .attribute("plan", "enterprise")
                    .attribute("targetingKey", "alice")
                    .attribute("anonymous", false));
            assertThat(context.asObjectMap()).isEqualTo(Map.of("anonymous", true));
        }
    }

    @Nested
    class Reads {

        private final ContextMapping theirs = ContextMapping.builder()
                .user("userId")
                .plan("subscription.tier")
                .build();

        private AgentContext read(@Nullable String key, Map<String, Object> attributes) {
            return theirs.read(new ImmutableContext(
                    key, Value.objectToValue(attributes).asStructure().asMap()));
        }

        @Test
        void a_path() {
            assertThat(read(null, Map.of("subscription", Map.of("tier", "pro"))).plan())
                    .isEqualTo("pro");
        }

        @Test
        void a_name_with_a_dot_before_a_path() {
            assertThat(read(null, Map.of("subscription.tier", "free", "subscription", Map.of("tier", "pro")))
                            .plan())
                    .isEqualTo("free");
        }

        @Test
        void nothing_at_the_end_of_a_path_that_leads_nowhere() {
            assertThat(read(null, Map.of("subscription", "pro")).plan()).isNull();
        }

        @Test
        void a_user_by_name_before_the_targeting_key() {
            assertThat(read("session-1", Map.of("userId", "alice")).userId()).isEqualTo("alice");
            assertThat(read("session-1", Map.of()).userId()).isEqualTo("session-1");
        }

        @Test
        void an_id_that_is_a_number() {
            assertThat(read(null, Map.of("userId", 42)).userId()).isEqualTo("42");
            assertThat(read(null, Map.of("userId", 42L)).userId()).isEqualTo("42");
            assertThat(read(null, Map.of("userId", 4.2)).userId()).isNull();
            assertThat(read(null, Map.of("userId", true)).userId()).isNull();
        }

        @Test
        void an_anonymous_callers_key_as_the_conversation() {
            AgentContext caller = read("device-7", Map.of("anonymous", true));
            assertThat(caller.userId()).isNull();
            assertThat(caller.conversationId()).isEqualTo("device-7");
        }

        @Test
        void the_other_attributes_as_they_are() {
            AgentContext caller = read("alice", Map.of("region", "de", "userId", "alice"));
            assertThat(caller.attributes()).isEqualTo(Map.of("region", new Value("de")));
        }

        @Test
        void over_attributes_without_a_value() {
            var context = new MutableContext("alice");
            context.add("region", (String) null);
            assertThat(theirs.read(context).userId()).isEqualTo("alice");
        }
    }

    @Test
    void refuses_names_that_are_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContextMapping.builder().plan("targetingKey"))
                .withMessage("expected an attribute's name, found \"targetingKey\"");
    }

    @Test
    void loses_an_attribute_that_is_set_to_nothing() {
        AgentContext caller = AgentContext.user("alice").attribute("region", "de");
        assertThat(caller.attributes()).containsEntry("region", new Value("de"));
        assertThat(caller.attribute("region", null)).isEqualTo(AgentContext.user("alice"));
    }

    @Test
    @SuppressWarnings("NullAway") // what a map of values may hold all the same
    void has_no_attributes_without_a_value() {
        var attributes = new HashMap<String, Value>();
        attributes.put("region", null);
        attributes.put("beta", new Value(true));
        assertThat(new AgentContext("alice", null, null, null, attributes))
                .isEqualTo(AgentContext.user("alice").attribute("beta", true));
    }

    @Test
    void is_not_given_away_by_a_callers_text() {
        assertThat(AgentContext.user("alice")
                        .plan("pro")
                        .conversation("c-1")
                        .attribute("email", "a@b.c")
                        .toString())
                .isEqualTo("AgentContext[a user, plan=pro, in a conversation]");
    }
}
