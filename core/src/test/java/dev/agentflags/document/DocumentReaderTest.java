package dev.agentflags.document;

import static dev.agentflags.document.Documents.definition;
import static dev.agentflags.document.Documents.json;
import static dev.agentflags.document.Documents.problems;
import static dev.agentflags.document.Documents.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agentflags.document.Problem.Severity;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Revision;
import dev.agentflags.model.Ruleset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {

    private static void refuses(String document, String message) {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.read(document))
                .withMessage(message);
    }

    @Nested
    class InTheMinimalForm {

        @Test
        void reads_a_map_of_flags() {
            Ruleset ruleset = read(json("{'b': {'status': 'off'}, 'a': {'status': 'on'}}"))
                    .ruleset();
            assertThat(ruleset.flags().keySet()).containsExactly("b", "a");
            assertThat(ruleset).isEqualTo(new Ruleset(null, null, KillSwitch.RELEASED, ruleset.flags()));
        }

        @Test
        void names_the_misspelt_status_of_an_only_flag() {
            assertThatExceptionOfType(DocumentException.class)
                    .isThrownBy(() -> DocumentReader.read(json("{'a': {'status': 'percent'}}")))
                    .withMessageEndingWith(
                            "1:18: /a/status: expected one of [off, on, percentage, targeted], found \"percent\"");
        }

        @Test
        void passes_over_the_schema() {
            ParsedDocument document = read(json("{'$schema': 'https://example.com', 'a': {'status': 'on'}}"));
            assertThat(document.problems()).isEmpty();
            assertThat(document.ruleset().flags()).containsOnlyKeys("a");
        }

        @Test
        void reports_a_schema_that_is_none_and_reads_the_flags() {
            String document = json("{'$schema': 5, 'a': {'status': 'on'}}");
            assertThat(problems(document)).containsExactly("/$schema: expected a string, found 5");
            assertThat(read(document).ruleset().flags()).containsOnlyKeys("a");
        }

        @Test
        void takes_other_names_for_keys_even_if_the_full_form_has_fields_of_that_name() {
            String document =
                    json("{'version': {'status': 'on'}, 'flags': {'status': 'on'}, 'x-mine': {'status': 'on'},"
                            + " 'kill_switch': true, 'y': {'status': 'on'}}");
            assertThat(problems(document)).containsExactly("/kill_switch: expected an object, found true");
            assertThat(read(document).ruleset().flags())
                    .containsOnlyKeys("version", "flags", "x-mine", "kill_switch", "y");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'message': 'Forbidden'}",
                    "{'error': {'code': 403, 'message': 'no'}}",
                    "{'$schema': {'status': 'on'}}",
                    "{'status': 'on'}",
                    "{'a': ['status']}",
                    "{'version': '1', 'flags': {'a': {'status': 'on'}}}",
                    "{'version': 1, 'flags': [{'status': 'on'}]}",
                    "{'flags': {'a': {'status': 'on'}}}"
                })
        void refuses_what_has_nothing_like_a_flag(String document) {
            refuses(
                    json(document),
                    "1:1: expected a map of flags, or \"version\" (a number) and \"flags\" (an object), found no flag with"
                            + " a status of [off, on, percentage, targeted]; a document without flags is {\"version\": 1, \"flags\": {}}");
        }
    }

    @Nested
    class InTheFullForm {

        @Test
        void reads_the_root() throws DocumentException {
            assertThat(read(json("{'$schema': 's', 'version': 1, 'flag_set': 'fs', 'lineage': 'l', 'serial': 42,"
                                    + " 'kill_switch': {'engaged': true, 'reason': 'r', 'by': 'b',"
                                    + " 'at': '2026-11-22T12:00:00Z'}, 'segments': {}, 'flags': {}, 'x-mine': 1}"))
                            .orThrow()
                            .ruleset())
                    .isEqualTo(new Ruleset(
                            "fs",
                            new Revision("l", 42),
                            new KillSwitch(true, "r", "b", Instant.parse("2026-11-22T12:00:00Z")),
                            Map.of()));
        }

        @Test
        void fills_in_what_is_absent() {
            assertThat(read(json("{'version': 1.0, 'flags': {}}")).ruleset())
                    .isEqualTo(new Ruleset(null, null, KillSwitch.RELEASED, Map.of()));
        }

        @Test
        void takes_a_serial_without_a_lineage() {
            assertThat(read(json("{'version': 1, 'serial': 9223372036854775807, 'flags': {}}"))
                            .ruleset()
                            .revision())
                    .isEqualTo(new Revision(null, Long.MAX_VALUE));
        }

        @ParameterizedTest
        @CsvSource({"2, 2", "0, 0", "1.5, 1.5", "-1, -1", "1e300, 1.0E300"})
        void refuses_a_version_that_it_does_not_know(String version, String found) {
            refuses(json("{'version': " + version + ", 'flags': {}}"), "1:13: /version: expected 1, found " + found);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'serial': -1     | /serial: expected a whole number from 0 to 2^63-1, found -1",
                    "'serial': 1.5    | /serial: expected a whole number from 0 to 2^63-1, found 1.5",
                    "'serial': '1'    | /serial: expected a whole number from 0 to 2^63-1, found \"1\"",
                    "'serial': null   | /serial: expected a whole number from 0 to 2^63-1, found null",
                    "'serial': 9223372036854775808 | /serial: expected a whole number from 0 to 2^63-1, found 9223372036854775808",
                    "'serial': 1e300  | /serial: expected a whole number from 0 to 2^63-1, found 1.0E300",
                    "'lineage': 'l'   | /serial: expected a serial beside the lineage, found nothing",
                    "'serial': 1, 'lineage': 5 | /lineage: expected a string, found 5"
                })
        void refuses_a_revision_that_it_cannot_read(String fields, String problem) {
            assertThatExceptionOfType(DocumentException.class)
                    .isThrownBy(() -> DocumentReader.read(json("{'version': 1, " + fields + ", 'flags': {}}")))
                    .satisfies(e -> assertThat(e.problems())
                            .extracting(found -> found.pointer() + ": " + found.message())
                            .containsExactly(problem));
        }

        @ParameterizedTest
        @ValueSource(strings = {"5", "'true'", "null", "{}", "{'engaged': 'yes'}", "{'engaged': false, 'reason': 5}"})
        void leaves_open_a_root_switch_that_it_cannot_read(String killSwitch) {
            ParsedDocument document =
                    read(json("{'version': 1, 'kill_switch': " + killSwitch + ", 'flags': {'a': {'status': 'on'}}}"));
            assertThat(document.ruleset().killSwitch()).isNull();
            assertThat(document.problems()).hasSize(1);
            assertThat(definition(document, "a")).isInstanceOf(Flag.class);
        }

        @Test
        void obeys_a_root_switch_that_is_engaged_whatever_else_is_wrong_with_it() {
            ParsedDocument document = read(
                    json("{'version': 1, 'kill_switch': {'engaged': true, 'reason': 5, 'at': 'now'}, 'flags': {}}"));
            assertThat(document.ruleset().killSwitch()).isEqualTo(KillSwitch.ENGAGED);
            assertThat(document.problems())
                    .extracting(Problem::pointer)
                    .containsExactly("/kill_switch/reason", "/kill_switch/at");
        }

        @Test
        void reports_what_is_wrong_with_the_rest_of_the_root_and_reads_the_flags() {
            String document = json("{'version': 1, '$schema': 1, 'flag_set': [], 'segments': 1, 'extra': 1,"
                    + " 'flags': {'a': {'status': 'on'}}}");
            assertThat(problems(document))
                    .containsExactly(
                            "/$schema: expected a string, found 1",
                            "/flag_set: expected a string, found an array",
                            "/segments: expected an object, found 1",
                            "/extra: expected a known field, or a name that starts with x-, found \"extra\"");
            assertThat(read(document).ruleset().flags().get("a")).isInstanceOf(Flag.class);
        }

        @Test
        void takes_any_key_for_a_flag() {
            assertThat(read(json("{'version': 1, 'flags': {'version': {'status': 'on'}, 'x-a': {'status': 'on'}}}"))
                            .ruleset()
                            .flags())
                    .containsOnlyKeys("version", "x-a");
            assertThat(problems(json("{'version': 1, 'flags': {'$schema': {'status': 'on'}}}")))
                    .hasSize(1);
        }
    }

    @Nested
    class GivenABadFlag {

        @Test
        void reads_the_other_499() {
            var flags = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                String status = i == 250 ? "perhaps" : "on";
                flags.append("'f%d': {'status': '%s', 'kill_switch': %s},\n".formatted(i, status, i % 2 == 0));
            }
            String document = json("{'version': 1, 'flags': {\n" + flags.substring(0, flags.length() - 2) + "}}");
            ParsedDocument parsed = read(document);
            assertThat(parsed.ruleset().flags()).hasSize(500);
            parsed.ruleset().flags().forEach((key, definition) -> {
                assertThat(definition.killSwitch().engaged()).isEqualTo(Integer.parseInt(key.substring(1)) % 2 == 0);
                assertThat(definition).isInstanceOf(key.equals("f250") ? InvalidFlag.class : Flag.class);
            });
            assertThat(parsed.problems())
                    .containsExactly(new Problem(
                            Severity.ERROR,
                            "/flags/f250/status",
                            252,
                            20,
                            "f250",
                            "expected one of [off, on, percentage, targeted], found \"perhaps\""));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'status': 5, 'kill_switch': true",
                    "'kill_switch': {'engaged': true, 'reason': 'r', 'unknown': 1}, 'percentage': 'x'",
                    "'kill_switch': {'engaged': true, 'reason': 5, 'by': [], 'at': 'yesterday'}",
                    "'rules': 5, 'variants': null, 'split': [], 'kill_switch': true",
                    "'requires': ['f'], 'kill_switch': true",
                    "'requires': ['none'], 'kill_switch': true",
                    "'rules': [{'when': {'segment': 'none'}, 'serve': 'on'}], 'kill_switch': true",
                    "'variants': {'on': 99999999999999999999, 'off': 1}, 'kill_switch': true"
                })
        void obeys_its_kill(String fields) {
            assertThat(Documents.invalidFlag(fields).killSwitch().engaged()).isTrue();
        }

        @Test
        void obeys_the_kill_of_one_whose_key_is_none() {
            ParsedDocument document = read(json("{'a:b': {'status': 'on', 'kill_switch': true}}"));
            assertThat(definition(document, "a:b"))
                    .isEqualTo(new InvalidFlag(
                            "a:b", KillSwitch.ENGAGED, "/a:b: expected a key of [A-Za-z0-9._-]{1,128}, found \"a:b\""));
        }

        @Test
        void takes_a_switch_that_cannot_be_read_for_released() {
            assertThat(Documents.invalidFlag("'kill_switch': 'true'").killSwitch())
                    .isEqualTo(KillSwitch.RELEASED);
        }
    }

    @Test
    void names_lines_and_columns_in_the_order_of_the_document() {
        String document = json("""
                {
                  'version': 1,
                  'flags': {
                    'a': {
                      'percentage': 200,
                      'rules': [
                        {'when': {'segment': 'late'}, 'serve': 'no'}
                      ]
                    },
                    'b': {'status': 'on', 'requires': ['c'],\t'oops': 1}
                  },
                  'segments': {'late': {}},
                  'kill_switch': 0
                }
                """);
        assertThat(read(document).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "4:10: /flags/a/status: expected one of [off, on, percentage, targeted], found nothing",
                        "5:21: /flags/a/percentage: expected a number from 0 to 100, found 200",
                        "7:30: /flags/a/rules/0/when/segment: expected a sound segment, found \"late\", which has errors",
                        "7:48: /flags/a/rules/0/serve: expected the name of a variant, one of [on, off], found \"no\"",
                        "10:40: /flags/b/requires/0: expected the key of a flag, found \"c\"",
                        "10:54: /flags/b/oops: expected a known field, or a name that starts with x-, found \"oops\"",
                        "12:24: /segments/late: expected exactly one of [all, any, not, segment, attribute], found none",
                        "13:18: /kill_switch: expected true, false or an object, found 0");
        assertThat(read(document).problems())
                .extracting(Problem::flag)
                .containsExactly("a", "a", "a", "a", "b", "b", null, null);
    }

    @Test
    void reports_a_thousand_errors_and_a_thousand_warnings_at_most() {
        String users = "0, ".repeat(200_000) + "0";
        var fields = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            fields.append("'u").append(i).append("': 0, ");
        }
        List<Problem> problems = read(Documents.flag(fields + "'targeted_users': [" + users + "]"))
                .problems();
        assertThat(problems).hasSize(2_000);
        assertThat(problems)
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .hasSize(1_000);
    }

    @Test
    void counts_errors_that_it_does_not_report() {
        ParsedDocument document = read(json("{'a': {'status': 'on', 'tags': [" + "0, ".repeat(2_000)
                + "0]}, 'b': {'status': 'maybe'}, 'c': {'status': 'on'}}"));
        assertThat(definition(document, "b"))
                .isEqualTo(new InvalidFlag(
                        "b",
                        KillSwitch.RELEASED,
                        "/b/status: expected one of [off, on, percentage, targeted], found \"maybe\""));
        assertThat(definition(document, "c")).isInstanceOf(Flag.class);
    }

    @Test
    void lets_strict_callers_refuse_warnings_too() {
        ParsedDocument document = read(Documents.flag("'oops': 1"));
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(document::orThrow)
                .satisfies(e -> assertThat(e.problems()).isEqualTo(document.problems()));
    }

    @Test
    void lists_ten_problems_in_its_message_and_counts_the_rest() {
        ParsedDocument document = read(Documents.flag("'tags': [" + "0, ".repeat(11) + "0]"));
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(document::orThrow)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines().toList())
                                .hasSize(11)
                                .startsWith("1:57: /flags/f/tags/0: expected a string, found 0")
                                .endsWith("and 2 more"));
    }

    @Test
    void never_lets_a_document_break_the_line_of_a_message() {
        assertThat(read(json("{'a\\nb\\u0000': {'status': 'on'}, 'c': {'status': 'x\\ny'}}"))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "1:16: /a\\u000ab\\u0000: expected a key of [A-Za-z0-9._-]{1,128}, found \"a\\nb\\u0000\"",
                        "1:50: /c/status: expected one of [off, on, percentage, targeted], found \"x\\ny\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'version': 1, 'lineage': 'l', 'serial': 7, 'flags': {'a': {'status': 'on'}}}",
                "{'flags': {'serial': {'status': 'on'}}, 'x': [[1], {}], 'version': 1.0, 'serial': 7.0}",
                "{'version': 1, 'flags': {}}",
                "{'version': 1, 'serial': 1, 'flags': {'a': 3}, 'kill_switch': 'x'}",
                "{'serial': {'status': 'on'}, 'lineage': {'status': 'off'}}",
                "{'version': {'status': 'on'}, 'flags': {'status': 'on'}, 'serial': 3}"
            })
    void finds_the_revision_without_reading_the_flags(String document) throws DocumentException {
        assertThat(DocumentReader.revision(json(document).getBytes(UTF_8)))
                .isEqualTo(read(json(document)).ruleset().revision());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{'version': 1, 'serial': 1, 'flags': {'a': ",
                "{'version': 1, 'serial': 1, 'serial': 2, 'flags': {}}",
                "{'version': 1, 'serial': 1e999, 'flags': {}}",
                "{'version': 1, 'serial': -1, 'flags': {}}",
                "{'version': 1, 'lineage': 'l', 'flags': {}}"
            })
    void finds_no_revision_where_there_is_none_to_rely_on(String document) {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.revision(json(document).getBytes(UTF_8)));
    }
}
