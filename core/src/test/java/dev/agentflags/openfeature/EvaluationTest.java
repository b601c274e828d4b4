package dev.agentflags.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluations through a real OpenFeature client. */
class EvaluationTest {

    private static final String FLAGS = """
            {'version': 1, 'flag_set': 'support', 'lineage': 'l', 'serial': 42, 'flags': {
              'boolean': {'status': 'on'},
              'string': {'status': 'on', 'variants': {'on': 'x', 'off': 'y'}},
              'integer': {'status': 'on', 'variants': {'on': 7, 'off': 0}},
              'integral': {'status': 'on', 'variants': {'on': 7.0, 'off': 0}},
              'long': {'status': 'on', 'variants': {'on': 9007199254740993, 'off': 0}},
              'double': {'status': 'on', 'variants': {'on': 2.5, 'off': 0}},
              'huge': {'status': 'on', 'variants': {'on': 1e300, 'off': 0}},
              'object': {'status': 'on', 'variants': {'off': {}, 'on':
                 {'model': 'big', 'n': 1, 'big': 9007199254740993, 'd': 0.5, 'tools': ['a', 'b'], 'none': null, 'yes': true}}},
              'array': {'status': 'on', 'variants': {'on': [1, 'two'], 'off': []}},
              'killed': {'status': 'on', 'kill_switch': {'engaged': true, 'reason': 'bad answers'}},
              'killed-default': {'status': 'on', 'off_variant': null, 'kill_switch': true},
              'disabled': {'status': 'off', 'off_variant': null},
              'off': {'status': 'off'},
              'share': {'status': 'percentage', 'percentage': 50, 'seed': 'new_reasoning_prompt'},
              'targeted': {'status': 'targeted', 'targeted_users': ['alice'], 'targeted_plans': ['pro'],
                 'rules': [{'when': {'attribute': 'age', 'op': 'gte', 'value': 18}, 'serve': 'on'},
                           {'when': {'attribute': 'since', 'op': 'before', 'value': '2026-01-01T00:00:00Z'}, 'serve': 'on'}]},
              'broken': {'status': 'perhaps'}}}""";

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client = client(FLAGS);

    private Client client(String flags) {
        api.setProviderAndWait(AgentFlagsProvider.builder("test", new FakeSource().deliver(flags))
                .build());
        return api.getClient();
    }

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private static EvaluationContext user(String user) {
        return new ImmutableContext(user);
    }

    @Nested
    class Accessors {

        @Test
        void give_each_type_its_value() {
            assertThat(client.getBooleanValue("boolean", false)).isTrue();
            assertThat(client.getStringValue("string", "")).isEqualTo("x");
            assertThat(client.getIntegerValue("integer", 0)).isEqualTo(7);
            assertThat(client.getIntegerValue("integral", 0)).isEqualTo(7);
            assertThat(client.getLongValue("integer", 0L)).isEqualTo(7);
            assertThat(client.getLongValue("integral", 0L)).isEqualTo(7);
            assertThat(client.getLongValue("long", 0L)).isEqualTo(9007199254740993L);
            assertThat(client.getDoubleValue("double", 0.0)).isEqualTo(2.5);
            assertThat(client.getDoubleValue("integer", 0.0)).isEqualTo(7);
        }

        @Test
        void give_objects_and_arrays_with_everything_in_them() {
            Value object = client.getObjectValue("object", new Value());

            assertThat(object.asStructure().getValue("model").asString()).isEqualTo("big");
            assertThat(object.asStructure().getValue("n").asObject()).isEqualTo(1);
            assertThat(object.asStructure().getValue("big").asObject()).isEqualTo(9007199254740993L);
            assertThat(object.asStructure().getValue("d").asDouble()).isEqualTo(0.5);
            assertThat(object.asStructure().getValue("yes").asBoolean()).isTrue();
            assertThat(object.asStructure().getValue("tools").asList()).containsExactly(new Value("a"), new Value("b"));
            assertThat(object.asStructure().keySet()).contains("none");
            assertThat(client.getObjectValue("array", new Value()).asList())
                    .containsExactly(new Value(1), new Value("two"));
        }

        @ParameterizedTest
        @CsvSource({
            "string, boolean",
            "integer, boolean",
            "object, boolean",
            "boolean, string",
            "integer, string",
            "array, string",
            "string, integer",
            "double, integer",
            "long, integer",
            "huge, integer",
            "boolean, long",
            "double, long",
            "huge, long",
            "string, double",
            "boolean, object",
            "string, object",
            "integer, object"
        })
        void of_the_wrong_type_give_the_callers_default_and_an_error(String flag, String accessor) {
            FlagEvaluationDetails<?> details = switch (accessor) {
                case "boolean" -> client.getBooleanDetails(flag, true);
                case "string" -> client.getStringDetails(flag, "mine");
                case "integer" -> client.getIntegerDetails(flag, -1);
                case "long" -> client.getLongDetails(flag, -1L);
                case "double" -> client.getDoubleDetails(flag, -1.0);
                default -> client.getObjectDetails(flag, new Value("mine"));
            };

            assertThat(details.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
            assertThat(details.getErrorMessage()).contains('"' + flag + '"').contains("\"on\"");
            assertThat(details.getVariant()).isNull();
            assertThat(details.getReason()).isEqualTo("ERROR");
            assertThat(details.getValue()).isIn(true, "mine", -1, -1L, -1.0, new Value("mine"));
        }
    }

    /** The table of semantics once more, through the client. */
    @ParameterizedTest(name = "{0} for {1} on {2}: {3}, {4}")
    @CsvSource({
        "killed,    alice, free, false, KILLED",
        "off,       alice, free, false, STATIC",
        "requiring, alice, free, true,  DEFAULT",
        "requiring, bob,   free, false, DEFAULT",
        "listing,   out,   pro,  false, TARGETING_MATCH",
        "listing,   in,    free, true,  TARGETING_MATCH",
        "listing,   x,     eu,   false, TARGETING_MATCH",
        "listing,   x,     pro,  true,  TARGETING_MATCH",
        "listing,   x,     free, false, DEFAULT",
        "boolean,   alice, free, true,  STATIC",
        "share,     bob,   free, true,  SPLIT",
        "share,     user-1, free, false, SPLIT",
        "splitting, bob,   free, true,  SPLIT",
    })
    void has_every_row_of_the_table(String flag, String user, String plan, boolean value, String reason) {
        Client rows = client(FLAGS.replace("'flags': {", """
                'segments': {'europeans': {'attribute': 'plan', 'op': 'in', 'value': 'eu'}}, 'flags': {
                  'requiring': {'status': 'on', 'requires': ['targeted']},
                  'listing': {'status': 'targeted', 'excluded_users': ['out'], 'targeted_users': ['in'],
                     'rules': [{'when': {'segment': 'europeans'}, 'serve': 'off'}], 'targeted_plans': ['pro', 'eu']},
                  'splitting': {'status': 'on', 'variants': {'a': true, 'b': true, 'off': false}, 'split': {'a': 1, 'b': 1}},"""));
        FlagEvaluationDetails<Boolean> details =
                rows.getBooleanDetails(flag, !value, new MutableContext(user).add("plan", plan));

        assertThat(details.getValue()).isEqualTo(value);
        assertThat(details.getReason()).isEqualTo(reason);
    }

    /** Each operator once more, through the client: it holds of the first value and not of the second. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "in          | 'values': ['x']                 | x     | y",
                "not_in      | 'values': ['x']                 | y     | x",
                "starts_with | 'value': 'ab'                   | abc   | cab",
                "ends_with   | 'value': 'bc'                   | abc   | bca",
                "contains    | 'value': 'b'                    | abc   | ac",
                "lt          | 'value': 2                      | 1     | 2",
                "lte         | 'value': 2                      | 2     | 3",
                "gt          | 'value': 2                      | 3     | 2",
                "gte         | 'value': 2                      | 2     | 1",
                "before      | 'value': '2026-01-01T00:00:00Z' | 2025-01-01T00:00:00Z | 2026-01-01T00:00:00Z",
                "after       | 'value': '2026-01-01T00:00:00Z' | 2027-01-01T00:00:00Z | 2026-01-01T00:00:00Z",
                "semver_lt   | 'value': '1.2.0'                | 1.1.9 | 1.2.0",
                "semver_lte  | 'value': '1.2.0'                | 1.2.0 | 1.2.1",
                "semver_gt   | 'value': '1.2.0'                | 1.10.0 | 1.2.0",
                "semver_gte  | 'value': '1.2.0'                | 1.2.0 | 1.2.0-rc.1",
            })
    void has_every_operator(String operator, String operand, String holds, String fails) {
        Client operators = client("""
                {'f': {'status': 'targeted', 'rules': [{'when': {'attribute': 'a', 'op': '%s', %s}, 'serve': 'on'}]},
                 'e': {'status': 'targeted', 'rules': [{'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 'on'}]}}""".formatted(operator, operand));

        assertThat(operators.getBooleanValue("f", false, attribute(holds))).isTrue();
        assertThat(operators.getBooleanValue("f", true, attribute(fails))).isFalse();
        assertThat(operators.getBooleanValue("e", false, attribute(fails))).isTrue();
        assertThat(operators.getBooleanValue("e", true, new ImmutableContext("u")))
                .isFalse();
    }

    private static EvaluationContext attribute(String value) {
        return value.matches("\\d")
                ? new MutableContext().add("a", Integer.valueOf(value))
                : new MutableContext().add("a", value);
    }

    @Nested
    class Reasons {

        @Test
        void are_open_features_own() {
            assertThat(client.getBooleanDetails("boolean", false).getReason()).isEqualTo("STATIC");
            assertThat(client.getBooleanDetails("share", false, user("bob")).getReason())
                    .isEqualTo("SPLIT");
            assertThat(client.getBooleanDetails("targeted", false, user("alice"))
                            .getReason())
                    .isEqualTo("TARGETING_MATCH");
            assertThat(client.getBooleanDetails("targeted", false, user("bob")).getReason())
                    .isEqualTo("DEFAULT");
            assertThat(client.getBooleanDetails("off", true).getReason()).isEqualTo("STATIC");
        }

        @Test
        void say_disabled_and_leave_the_default_where_there_is_no_off_variant() {
            FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("disabled", true);

            assertThat(details.getValue()).isTrue();
            assertThat(details.getReason()).isEqualTo("DISABLED");
            assertThat(details.getVariant()).isNull();
            assertThat(details.getErrorCode()).isNull();
        }

        @Test
        void say_killed_and_why_and_never_disabled() {
            FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("killed", true);

            assertThat(details.getValue()).isFalse();
            assertThat(details.getVariant()).isEqualTo("off");
            assertThat(details.getReason()).isEqualTo("KILLED");
            assertThat(details.getErrorCode()).isNull();
            assertThat(details.getFlagMetadata().getBoolean("killed")).isTrue();
            assertThat(details.getFlagMetadata().getString("kill_reason")).isEqualTo("bad answers");
            assertThat(details.getFlagMetadata().getString("version")).isEqualTo("42");
        }

        @Test
        void say_killed_even_where_the_callers_default_is_all_there_is() {
            FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("killed-default", true);

            assertThat(details.getValue()).isTrue();
            assertThat(details.getReason()).isEqualTo("KILLED");
            assertThat(details.getFlagMetadata().getBoolean("killed")).isTrue();
            assertThat(details.getFlagMetadata().getString("kill_reason")).isNull();
        }
    }

    @Nested
    class Errors {

        @ParameterizedTest
        @CsvSource({"unknown, FLAG_NOT_FOUND", "broken, PARSE_ERROR", "share, TARGETING_KEY_MISSING"})
        void come_with_the_callers_default_and_no_variant(String flag, ErrorCode code) {
            FlagEvaluationDetails<Boolean> details = client.getBooleanDetails(flag, true);

            assertThat(details.getErrorCode()).isEqualTo(code);
            assertThat(details.getErrorMessage()).isNotBlank();
            assertThat(details.getValue()).isTrue();
            assertThat(details.getVariant()).isNull();
            assertThat(details.getReason()).isEqualTo("ERROR");
        }
    }

    @Nested
    class Metadata {

        @Test
        void names_the_flag_set_and_the_version() {
            ImmutableMetadata metadata =
                    client.getBooleanDetails("boolean", false).getFlagMetadata();

            assertThat(metadata.getString("flagSetId")).isEqualTo("support");
            assertThat(metadata.getString("version")).isEqualTo("42");
            assertThat(metadata.getBoolean("killed")).isNull();
        }

        @Test
        void has_a_hash_for_a_version_where_the_document_has_no_serial() {
            assertThat(client("{'f': {'status': 'on'}}")
                            .getBooleanDetails("f", false)
                            .getFlagMetadata())
                    .isEqualTo(ImmutableMetadata.builder()
                            .addString("version", "a6ce60e3")
                            .build());
        }
    }

    @Nested
    class Context {

        @Test
        void gives_user_plan_and_attributes_of_every_layer() {
            api.setEvaluationContext(new ImmutableContext(Map.of("age", new Value(30L))));
            assertThat(client.getBooleanValue("targeted", false, user("bob"))).isTrue();

            api.setEvaluationContext(new ImmutableContext());
            client.setEvaluationContext(new ImmutableContext(Map.of("plan", new Value("pro"))));
            assertThat(client.getBooleanValue("targeted", false, user("bob"))).isTrue();

            client.setEvaluationContext(new ImmutableContext("alice"));
            assertThat(client.getBooleanValue("targeted", false)).isTrue();
        }

        @Test
        void may_hold_instants_longs_lists_and_nulls() {
            var since = new MutableContext("bob").add("since", Instant.parse("2025-06-01T00:00:00Z"));
            assertThat(client.getBooleanValue("targeted", false, since)).isTrue();

            var odd = new MutableContext("bob")
                    .add("age", List.of(new Value(30)))
                    .add("plan", 7)
                    .add("since", (String) null);
            assertThat(client.getBooleanDetails("targeted", true, odd).getReason())
                    .isEqualTo("DEFAULT");
        }

        @Test
        void may_be_missing_altogether() {
            var provider = AgentFlagsProvider.builder("bare", new FakeSource().deliver(FLAGS))
                    .build();
            provider.initialize(new ImmutableContext());

            assertThat(provider.getBooleanEvaluation("targeted", true, null).getValue())
                    .isFalse();
            assertThat(provider.getBooleanEvaluation("share", true, null).getErrorCode())
                    .isEqualTo(ErrorCode.TARGETING_KEY_MISSING);
            provider.shutdown();
        }

        @Test
        void has_the_plan_where_the_application_keeps_it() {
            api.setProviderAndWait(AgentFlagsProvider.builder("other", new FakeSource().deliver(FLAGS))
                    .planAttribute("subscription.tier")
                    .build());

            assertThat(client.getBooleanValue(
                            "targeted", false, new MutableContext("bob").add("subscription.tier", "pro")))
                    .isTrue();
            assertThat(client.getBooleanValue("targeted", true, new MutableContext("bob").add("plan", "pro")))
                    .isFalse();
        }
    }

    @Test
    void is_explained_by_the_provider() {
        var provider = AgentFlagsProvider.builder("explaining", new FakeSource().deliver(FLAGS))
                .build();

        assertThat(provider.explain("share", user("bob"))).isNull();
        provider.initialize(new ImmutableContext());
        assertThat(provider.explain("share", user("bob"))).isNotNull().satisfies(explanation -> {
            assertThat(explanation.bucket()).isEqualTo(12.842570178406913);
            assertThat(explanation.serial()).isEqualTo(42);
        });
        provider.shutdown();
    }
}
