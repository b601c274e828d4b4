package dev.agentflags.server.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import dev.agentflags.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfrepTest {

    private static final String DOCUMENT = """
            {
              "version": 1, "flag_set": "support", "lineage": "l", "serial": 42,
              "flags": {
                "bool": {"status": "percentage", "percentage": 100, "targeted_users": ["alice"]},
                "text": {"status": "on", "variants": {"on": "yes", "off": "no"}},
                "whole": {"status": "on", "variants": {"on": 7, "off": 1}},
                "double": {"status": "on", "variants": {"on": 1, "off": 0.5}},
                "written-double": {"status": "on", "variants": {"on": 2.0, "off": 1.0}},
                "object": {"status": "on", "variants": {"on": {"model": "big-1", "n": [1, null]}, "off": {}}},
                "killed": {"status": "on", "kill_switch": {"engaged": true, "reason": "wrong answers"}},
                "by-user": {"status": "percentage", "percentage": 50},
                "own-default": {"status": "off", "off_variant": null},
                "killed-own-default": {"status": "on", "off_variant": null, "kill_switch": true},
                "by-plan": {"status": "targeted", "targeted_plans": ["pro"]},
                "by-rule": {"status": "targeted", "rules": [{"id": "r", "when": {"all": [
                  {"attribute": "age", "op": "gte", "value": 18}, {"attribute": "beta", "op": "in", "values": [true]},
                  {"attribute": "nested", "op": "exists"}]}, "serve": "on"}]},
                "broken": {"status": "sometimes"}
              }
            }
            """;

    private final Ofrep ofrep = new Ofrep(new byte[] {1, 2, 3}, "plan");

    private static Audience everyone() {
        return new Audience(snapshot(DOCUMENT), "v42", "all", key -> true, "/stream");
    }

    private static Snapshot snapshot(String document) {
        try {
            var ruleset = new RulesetInForce();
            ruleset.accept(document.getBytes(StandardCharsets.UTF_8));
            return Objects.requireNonNull(ruleset.current());
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private OfrepAnswer one(String key, String body) {
        return ofrep.evaluate(everyone(), key, utf8(body));
    }

    private OfrepAnswer all(Audience audience, String body) {
        return ofrep.evaluateAll(audience, utf8(body), null);
    }

    @Nested
    class One {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "bool | 'value':true,'reason':'TARGETING_MATCH','variant':'on'",
                    "text | 'value':'yes','reason':'STATIC','variant':'on'",
                    "whole | 'value':7,'reason':'STATIC','variant':'on'",
                    "double | 'value':1.0,'reason':'STATIC','variant':'on'",
                    "written-double | 'value':2.0,'reason':'STATIC','variant':'on'",
                    "object | 'value':{'model':'big-1','n':[1,null]},'reason':'STATIC','variant':'on'",
                })
        void is_answered_with_value_reason_variant_and_metadata(String key, String answer) {
            assertThat(one(key, "{'context':{'targetingKey':'alice'}}"))
                    .isEqualTo(new OfrepAnswer(
                            200,
                            null,
                            "{'key':'%s',%s,'metadata':{'flagSetId':'support','version':'42'}}"
                                    .formatted(key, answer)
                                    .replace('\'', '"')));
        }

        @Test
        void says_why_it_is_killed() {
            assertThat(one("killed", "{}").json())
                    .isEqualTo(
                            "{'key':'killed','value':false,'reason':'KILLED','variant':'off','metadata':{'flagSetId':'support','version':'42','killed':true,'kill_reason':'wrong answers'}}"
                                    .replace('\'', '"'));
        }

        @Test
        void has_no_value_where_the_callers_own_default_it_is() {
            assertThat(one("own-default", "{}"))
                    .isEqualTo(new OfrepAnswer(
                            200,
                            null,
                            "{'key':'own-default','reason':'DISABLED','metadata':{'flagSetId':'support','version':'42'}}"
                                    .replace('\'', '"')));
            assertThat(one("killed-own-default", "{}").json())
                    .contains("\"reason\":\"KILLED\"", "\"killed\":true")
                    .doesNotContain("\"value\"");
        }

        @ParameterizedTest(name = "{0} with {1}: {2} {3}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "nobody-has-it | {} | 404 | FLAG_NOT_FOUND",
                    "broken | {} | 400 | PARSE_ERROR",
                    "by-user | {'context':{}} | 400 | TARGETING_KEY_MISSING",
                    "by-user | {'context':null} | 400 | TARGETING_KEY_MISSING",
                    "by-user | {'context':{'targetingKey':null}} | 400 | TARGETING_KEY_MISSING",
                    "by-user | {'context':{'targetingKey':7}} | 400 | INVALID_CONTEXT",
                    "bool | {'context':[]} | 400 | INVALID_CONTEXT",
                    "bool | [] | 400 | PARSE_ERROR",
                    "bool | {'context':{}} trailing | 400 | PARSE_ERROR",
                    "bool | {'context':{'a':1,'a':2}} | 400 | PARSE_ERROR",
                    "bool | {'context':{'a':1e999999999}} | 400 | PARSE_ERROR",
                    "bool | {'context': | 400 | PARSE_ERROR",
                })
        void fails_with_a_code_and_a_body(String key, String body, int status, String code) {
            OfrepAnswer answer = one(key, body);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json())
                    .startsWith("{'key':'%s','errorCode':'%s','errorDetails':'"
                            .formatted(key, code)
                            .replace('\'', '"'));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "../flags", "a/b c", "a:b", "%2e%2e", "a\u0000", "ключ"})
        void is_refused_where_its_key_is_none(String key) {
            assertThat(one(key, "{}").status()).isEqualTo(400);
            assertThat(one(key, "{}").json()).startsWith("{\"key\":\"\",\"errorCode\":\"GENERAL\"");
        }

        @Test
        void is_refused_beyond_64_kilobytes() {
            assertThat(one("bool", "{'context':{'a':'" + "x".repeat(64 * 1024) + "'}}")
                            .status())
                    .isEqualTo(413);
        }

        @Test
        void is_refused_beyond_16_levels() {
            String deep = "[".repeat(15) + "]".repeat(15);

            assertThat(one("bool", "{'context':{'a':" + deep + "}}").status()).isEqualTo(400);
            assertThat(one("bool", "{'context':{'a':" + deep.substring(1, deep.length() - 1) + "}}")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void is_refused_where_the_token_is_for_other_flags() {
            var audience = new Audience(snapshot(DOCUMENT), "v42", "some", key -> key.equals("text"), "/stream");

            assertThat(ofrep.evaluate(audience, "bool", utf8("{}")).status()).isEqualTo(403);
            assertThat(ofrep.evaluate(audience, "text", utf8("{}")).status()).isEqualTo(200);
        }

        @Test
        void needs_no_body() {
            assertThat(one("text", "").status()).isEqualTo(200);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'context':{'plan':'pro'}} | by-plan | true",
                    "{'context':{'plan':'free'}} | by-plan | false",
                    "{'context':{'age':18,'beta':true,'nested':{}}} | by-rule | true",
                    "{'context':{'age':18.5,'beta':true,'nested':[1]}} | by-rule | true",
                    "{'context':{'age':'18','beta':true,'nested':{}}} | by-rule | false",
                    "{'context':{'age':18,'beta':true,'nested':null}} | by-rule | false",
                })
        void is_decided_by_the_context(String body, String key, boolean value) {
            assertThat(one(key, body).json()).contains("\"value\":" + value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'context':{'targetingKey':['alice@example.com']}}",
                    "{'context':{'alice@example.com' 1}}",
                    "{'context':{'a':1,'alice@example.com':1,'alice@example.com':2}}",
                    "{'context':{'targetingKey':'alice@example.com'}}",
                })
        void never_repeats_what_the_context_says(String body) {
            for (String key : everyone().snapshot().ruleset().flags().keySet()) {
                assertThat(one(key, body).json()).doesNotContain("alice@example.com");
            }
        }
    }

    @Nested
    class All {

        @Test
        void are_answered_in_order_each_as_if_alone_with_where_changes_are_told() {
            OfrepAnswer answer = all(everyone(), "{'context':{}}");

            StringBuilder flags = new StringBuilder();
            for (String key : everyone().snapshot().ruleset().flags().keySet()) {
                flags.append(flags.isEmpty() ? "" : ",")
                        .append(one(key, "{'context':{}}").json());
            }
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json())
                    .isEqualTo("{\"flags\":[" + flags
                            + "],'metadata':{'flagSetId':'support','version':'42'},'eventStreams':[{'type':'sse','endpoint':{'requestUri':'/stream'}}]}"
                                    .replace('\'', '"'));
        }

        @Test
        void are_those_that_the_token_is_for() {
            var audience = new Audience(snapshot(DOCUMENT), "v42", "some", key -> key.equals("text"), "/stream");

            assertThat(all(audience, "{}").json()).contains("\"text\"").doesNotContain("\"bool\"");
        }

        @Test
        void are_not_sent_again_where_nothing_has_changed() {
            String etag = Objects.requireNonNull(
                    all(everyone(), "{'context':{'a':1,'b':{'c':2,'d':3}}}").etag());
            byte[] same = utf8("{'context':{'b':{'d':3,'c':2},'a':1}}");

            assertThat(ofrep.evaluateAll(everyone(), same, "\"x\", W/" + etag))
                    .isEqualTo(new OfrepAnswer(304, etag, ""));
            assertThat(ofrep.evaluateAll(everyone(), same, "\"x\"").status()).isEqualTo(200);
        }

        @Test
        void have_another_etag_for_another_document_context_audience_or_process() {
            Audience all = everyone();
            String body = "{'context':{'targetingKey':'alice'}}";
            String etag = all(all, body).etag();

            assertThat(etag).matches("\"[0-9a-f]{32}\"");
            assertThat(all(all, body.replace("alice", "bob")).etag()).isNotEqualTo(etag);
            assertThat(all(new Audience(all.snapshot(), "v43", "all", all.sees(), all.stream()), body)
                            .etag())
                    .isNotEqualTo(etag);
            assertThat(all(new Audience(all.snapshot(), "v42", "some", all.sees(), all.stream()), body)
                            .etag())
                    .isNotEqualTo(etag);
            assertThat(new Ofrep(new byte[] {9}, "plan")
                            .evaluateAll(all, utf8(body), null)
                            .etag())
                    .isNotEqualTo(etag);
        }

        @Test
        void have_the_same_etag_wherever_changes_are_told() {
            Audience all = everyone();
            var elsewhere = new Audience(all.snapshot(), all.version(), all.name(), all.sees(), "/elsewhere");

            assertThat(all(elsewhere, "{}").json()).contains("'requestUri':'/elsewhere'".replace('\'', '"'));
            assertThat(all(elsewhere, "{}").etag()).isEqualTo(all(all, "{}").etag());
        }

        @Test
        void fail_with_a_code_and_a_body() {
            assertThat(all(everyone(), "{'context':7}"))
                    .isEqualTo(new OfrepAnswer(
                            400,
                            null,
                            "{\"errorCode\":\"INVALID_CONTEXT\",\"errorDetails\":\"/context: expected an object\"}"));
        }
    }
}
