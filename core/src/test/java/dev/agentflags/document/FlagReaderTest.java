package dev.agentflags.document;

import static dev.agentflags.document.Documents.flag;
import static dev.agentflags.document.Documents.invalidFlag;
import static dev.agentflags.document.Documents.problems;
import static dev.agentflags.document.Documents.read;
import static dev.agentflags.document.Documents.soundFlag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.About;
import dev.agentflags.model.Bucketing;
import dev.agentflags.model.Condition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Null;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric;
import dev.agentflags.model.GuardMetric.Action;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Pause;
import dev.agentflags.model.Rollout;
import dev.agentflags.model.Rule;
import dev.agentflags.model.Status;
import dev.agentflags.model.Targeting;
import dev.agentflags.model.Treatment;
import dev.agentflags.model.Variants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagReaderTest {

    private static final Variants BOOLEAN =
            new Variants(Map.of("on", new Bool(true), "off", new Bool(false)), new Treatment.Single("on"), "off");

    @Test
    void fills_in_what_is_absent() {
        assertThat(soundFlag("'status': 'off'"))
                .isEqualTo(new Flag(
                        "f",
                        new About("", null, List.of(), null),
                        Status.OFF,
                        0,
                        BOOLEAN,
                        new Targeting(Set.of(), Set.of(), List.of(), Set.of()),
                        new Bucketing("user", "f"),
                        List.of(),
                        KillSwitch.RELEASED,
                        null,
                        null));
    }

    @Test
    void reads_every_field() {
        String document = Documents.json("""
                {"version": 1, "flags": {
                  "base": {"status": "on"},
                  "f": {
                    "status": "percentage", "percentage": 2.5, "description": "d", "owner": "o", "tags": ["t1", "t2"],
                    "expires": "2027-03-01", "variants": {"a": 1, "b": 2.5, "c": 3}, "split": {"a": 1, "b": 2},
                    "off_variant": "c", "excluded_users": ["e"], "targeted_users": ["u", "u"], "targeted_plans": ["p"],
                    "rules": [{"id": "r", "when": {"attribute": "x", "op": "exists"}, "serve": "a"},
                              {"when": {"attribute": "y", "op": "exists"}, "serve": "b"}],
                    "requires": ["base"], "bucket_by": "conversation", "seed": "s",
                    "guard": {"mode": "dry_run", "advance": "manual", "approval_from": 50, "alpha": 0.05,
                              "alpha_advance": 0.1, "harm_budget": 0.5, "unit": "conversationId",
                              "metrics": [{"name": "error", "margin": 1.25, "weight": 2, "action": "roll_back"},
                                          {"name": "bad_feedback", "margin_points": 2},
                                          {"name": "latency", "action": "pause"}]},
                    "kill_switch": {"engaged": true, "reason": "r", "by": "b", "at": "2026-11-22T13:00:00+01:00"},
                    "rollout": {"stages": [1, 2.5, 100], "min_duration": "P1DT2H", "min_units": 500,
                                "stage_since": "2026-11-22T12:00:00Z",
                                "paused": {"reason": "r", "by": "b", "at": "2026-11-23T12:00:00Z"}},
                    "x-own": {"status": 5}}}}
                """);
        assertThat(read(document).problems()).isEmpty();
        assertThat(read(document).ruleset().flags().get("f"))
                .isEqualTo(new Flag(
                        "f",
                        new About("d", "o", List.of("t1", "t2"), LocalDate.of(2027, 3, 1)),
                        Status.PERCENTAGE,
                        2.5,
                        new Variants(
                                Map.of("a", new Whole(1), "b", new Decimal(2.5), "c", new Whole(3)),
                                Treatment.Split.of(Map.of("a", 1.0, "b", 2.0)),
                                "c"),
                        new Targeting(
                                Set.of("e"),
                                Set.of("u"),
                                List.of(
                                        new Rule("r", new Condition.Exists("x"), "a"),
                                        new Rule("rule-2", new Condition.Exists("y"), "b")),
                                Set.of("p")),
                        new Bucketing("conversation", "s"),
                        List.of("base"),
                        new KillSwitch(true, "r", "b", Instant.parse("2026-11-22T12:00:00Z")),
                        new Rollout(
                                List.of(1.0, 2.5, 100.0),
                                Duration.ofHours(26),
                                500L,
                                Instant.parse("2026-11-22T12:00:00Z"),
                                new Pause("r", "b", Instant.parse("2026-11-23T12:00:00Z"))),
                        new Guard(
                                Guard.Mode.DRY_RUN,
                                Guard.Advance.MANUAL,
                                50.0,
                                0.05,
                                0.1,
                                0.5,
                                "conversationId",
                                List.of(
                                        new GuardMetric(Name.ERROR, 1.25, null, 2, Action.ROLL_BACK),
                                        new GuardMetric(Name.BAD_FEEDBACK, null, 2.0, 1, Action.KILL),
                                        new GuardMetric(Name.LATENCY, null, null, 1, Action.PAUSE)))));
    }

    @Test
    void takes_an_empty_guard_for_one_that_kills_on_errors() {
        assertThat(soundFlag("'guard': {}").guard())
                .isEqualTo(Guard.DEFAULT)
                .isEqualTo(new Guard(
                        Guard.Mode.ENFORCE,
                        Guard.Advance.AUTO,
                        null,
                        0.01,
                        0.05,
                        1,
                        null,
                        List.of(new GuardMetric(Name.ERROR, null, null, 1, Action.KILL))));
        assertThat(soundFlag("").guard()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"off, OFF", "on, ON", "percentage, PERCENTAGE", "targeted, TARGETED"})
    void reads_every_status(String text, Status status) {
        assertThat(soundFlag("'status': '" + text + "'").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0, 0", "-0.0, 0", "100, 100", "100.0, 100", "1e2, 100", "0.001, 0.001", "1e-400, 0"})
    void reads_percentages(String text, double percentage) {
        assertThat(soundFlag("'percentage': " + text).percentage()).isEqualTo(percentage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true                              | true",
                "false                             | false",
                "{'engaged': true}                 | true",
                "{'engaged': false, 'reason': 'r'} | false"
            })
    void reads_both_kinds_of_kill_switch(String json, boolean engaged) {
        assertThat(soundFlag("'kill_switch': " + json).killSwitch().engaged()).isEqualTo(engaged);
    }

    @Nested
    class VariantsOfAFlag {

        @Test
        void keep_values_of_every_type_in_their_order() {
            Flag flag = soundFlag("'variants': {'on': {'t': 'x', 'n': null, 'b': true, 'i': -9223372036854775808,"
                    + " 'd': 1.0, 'l': [1, [], {}]}, 'off': {}}");
            Structure on = (Structure) flag.variants().values().get("on");
            assertThat(on).isNotNull();
            assertThat(List.copyOf(on.fields().entrySet()))
                    .containsExactly(
                            Map.entry("t", new Text("x")),
                            Map.entry("n", new Null()),
                            Map.entry("b", new Bool(true)),
                            Map.entry("i", new Whole(Long.MIN_VALUE)),
                            Map.entry("d", new Decimal(1)),
                            Map.entry(
                                    "l",
                                    new Sequence(List.<FlagValue>of(
                                            new Whole(1), new Sequence(List.of()), new Structure(Map.of())))));
        }

        @Test
        void have_names_of_their_own_even_ones_that_look_like_free_fields() {
            Flag flag = soundFlag("'variants': {'x-1': 'a', 'é/~': 'b'}, 'on_variant': 'x-1', 'off_variant': 'é/~'");
            assertThat(flag.variants())
                    .isEqualTo(new Variants(
                            Map.of("x-1", new Text("a"), "é/~", new Text("b")), new Treatment.Single("x-1"), "é/~"));
        }

        @Test
        void leave_those_who_are_off_to_the_caller_if_they_say_so() {
            assertThat(soundFlag("'off_variant': null").variants())
                    .isEqualTo(new Variants(BOOLEAN.values(), new Treatment.Single("on"), null));
        }

        @Test
        void may_lack_on_where_a_split_decides() {
            assertThat(soundFlag("'variants': {'a': 1, 'off': 2}, 'split': {'a': 0.5}")
                            .variants()
                            .on())
                    .isEqualTo(Treatment.Split.of(Map.of("a", 0.5)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'status': 5                 | /status      | expected one of [off, on, percentage, targeted], found 5
            'status': null              | /status      | expected one of [off, on, percentage, targeted], found null
            'status': 'On'              | /status      | expected one of [off, on, percentage, targeted], found "On"
            'status': ['on']            | /status      | expected one of [off, on, percentage, targeted], found an array
            'x': {'status': 1}, 'status': {} | /status | expected one of [off, on, percentage, targeted], found an object
            'percentage': 100.1         | /percentage  | expected a number from 0 to 100, found 100.1
            'percentage': -1e-9         | /percentage  | expected a number from 0 to 100, found -1.0E-9
            'percentage': '25'          | /percentage  | expected a number from 0 to 100, found "25"
            'percentage': null          | /percentage  | expected a number from 0 to 100, found null
            'description': 5            | /description | expected a string, found 5
            'owner': []                 | /owner       | expected a string, found an array
            'tags': 'a'                 | /tags        | expected an array, found "a"
            'tags': ['a', 1]            | /tags/1      | expected a string, found 1
            'expires': '2027-02-30'     | /expires     | expected a date such as 2027-03-01, found "2027-02-30"
            'expires': '+12027-02-03'   | /expires     | expected a date such as 2027-03-01, found "+12027-02-03"
            'expires': 2027             | /expires     | expected a date such as 2027-03-01, found 2027
            'excluded_users': [null]    | /excluded_users/0 | expected a string, found null
            'targeted_users': {}        | /targeted_users   | expected an array, found an object
            'targeted_users': ['a', {}] | /targeted_users/1 | expected a string, found an object
            'targeted_plans': null      | /targeted_plans   | expected an array, found null
            'kill_switch': 'true'       | /kill_switch      | expected true, false or an object, found "true"
            'kill_switch': null         | /kill_switch      | expected true, false or an object, found null
            'kill_switch': {}           | /kill_switch/engaged | expected true or false, found nothing
            'kill_switch': {'engaged': 1} | /kill_switch/engaged | expected true or false, found 1
            'kill_switch': {'engaged': true, 'reason': 1} | /kill_switch/reason | expected a string, found 1
            'kill_switch': {'engaged': true, 'by': 1} | /kill_switch/by | expected a string, found 1
            'kill_switch': {'engaged': true, 'at': 'now'} | /kill_switch/at | expected a time such as 2026-11-22T12:00:00Z, found "now"
            'bucket_by': ''             | /bucket_by   | expected a string that is not empty, found ""
            'bucket_by': 5              | /bucket_by   | expected a string that is not empty, found 5
            'seed': 'a:b'               | /seed        | expected [A-Za-z0-9._-]{1,128}, found "a:b"
            'seed': ''                  | /seed        | expected [A-Za-z0-9._-]{1,128}, found ""
            'seed': 1                   | /seed        | expected [A-Za-z0-9._-]{1,128}, found 1
            'requires': 'g'             | /requires    | expected an array, found "g"
            'requires': [1]             | /requires/0  | expected a string, found 1
            'guard': []                 | /guard       | expected an object, found an array
            'guard': null               | /guard       | expected an object, found null
            'guard': 5                  | /guard       | expected an object, found 5
            'guard': {'mode': 'on'}     | /guard/mode  | expected one of [enforce, dry_run], found "on"
            'guard': {'advance': 1}     | /guard/advance | expected one of [auto, manual], found 1
            'guard': {'approval_from': 0} | /guard/approval_from | expected a number above 0 and at most 100, found 0
            'guard': {'alpha': 0.6}     | /guard/alpha | expected a number above 0 and at most 0.5, found 0.6
            'guard': {'alpha_advance': 0} | /guard/alpha_advance | expected a number above 0 and at most 0.5, found 0
            'guard': {'harm_budget': 100} | /guard/harm_budget | expected a number above 0 and below 100, found 100
            'guard': {'unit': ''}       | /guard/unit  | expected a string that is not empty, found ""
            'guard': {'metrics': []}    | /guard/metrics | expected at least one metric, found none
            'guard': {'metrics': [1]}   | /guard/metrics/0 | expected an object, found 1
            'guard': {'metrics': [{}]}  | /guard/metrics/0/name | expected one of [error, bad_feedback, tool_error, latency, tokens, cost], found nothing
            'guard': {'metrics': [{'name': 'cost'}, {'name': 'cost'}]} | /guard/metrics/1/name | expected a metric that is not there yet, found "cost"
            'guard': {'metrics': [{'name': 'cost', 'margin': 0.5}]} | /guard/metrics/0/margin | expected a number from 1 to 1000, found 0.5
            'guard': {'metrics': [{'name': 'cost', 'margin_points': 1}]} | /guard/metrics/0/margin_points | expected a margin instead, since cost has no percentage points, found 1
            'guard': {'metrics': [{'name': 'error', 'margin_points': 100}]} | /guard/metrics/0/margin_points | expected a number from 0 and below 100, found 100
            'guard': {'metrics': [{'name': 'error', 'margin': 1}]} | /guard/metrics/0/margin | expected a margin that leaves some room: to be no worse at all cannot be shown, found none
            'guard': {'metrics': [{'name': 'error', 'weight': 0}]} | /guard/metrics/0/weight | expected a number above 0 and at most 1000000, found 0
            'guard': {'metrics': [{'name': 'error', 'action': 1}]} | /guard/metrics/0/action | expected one of [pause, roll_back, kill], found 1
            'rollout': 5                | /rollout     | expected an object, found 5
            'rollout': {'stages': 5}    | /rollout/stages   | expected an array, found 5
            'rollout': {'stages': []}   | /rollout/stages   | expected at least one percentage, found none
            'rollout': {'stages': [0]}  | /rollout/stages/0 | expected a number above 0 and at most 100, found 0
            'rollout': {'stages': [1, 101]} | /rollout/stages/1 | expected a number above 0 and at most 100, found 101
            'rollout': {'stages': ['1']} | /rollout/stages/0 | expected a number above 0 and at most 100, found "1"
            'rollout': {'stages': [1, 5, 5.0]} | /rollout/stages/2 | expected more than the stage before, 5, found 5
            'rollout': {'min_duration': 'P1M'} | /rollout/min_duration | expected a duration such as PT24H, found "P1M"
            'rollout': {'min_duration': '-PT1H'} | /rollout/min_duration | expected a duration such as PT24H, found "-PT1H"
            'rollout': {'min_duration': 'PT'} | /rollout/min_duration | expected a duration such as PT24H, found "PT"
            'rollout': {'min_duration': 'P'} | /rollout/min_duration | expected a duration such as PT24H, found "P"
            'rollout': {'min_units': -1} | /rollout/min_units | expected a whole number from 0 to 2^63-1, found -1
            'rollout': {'min_units': 1.5} | /rollout/min_units | expected a whole number from 0 to 2^63-1, found 1.5
            'rollout': {'min_units': 9223372036854775808} | /rollout/min_units | expected a whole number from 0 to 2^63-1, found 9223372036854775808
            'rollout': {'stage_since': 5} | /rollout/stage_since | expected a time such as 2026-11-22T12:00:00Z, found 5
            'variants': []              | /variants    | expected an object, found an array
            'variants': {}              | /variants    | expected at least one variant, found none
            'variants': {'on': 1, 'off': null} | /variants/off | expected a value, found null
            'variants': {'on': 1, 'off': 2, '': 3} | /variants/ | expected a name, found an empty one
            'variants': {'on': 1, 'off': 'x'} | /variants/off | expected the type of the other variants, number, found string
            'variants': {'on': [], 'off': {}} | /variants/off | expected the type of the other variants, array, found object
            'variants': {'on': true, 'off': 0} | /variants/off | expected the type of the other variants, boolean, found number
            'variants': {'on': 9223372036854775808, 'off': 0} | /variants/on | expected a whole number that fits 64 bits, found 9223372036854775808
            'variants': {'on': {'a/b': [0, -9223372036854775809]}, 'off': {}} | /variants/on/a~1b/1 | expected a whole number that fits 64 bits, found -9223372036854775809
            'variants': {'a': 1, 'off': 2} | /on_variant | expected one of [a, off], found nothing, and no variant is called "on"
            'variants': {'on': 1, 'b': 2} | /off_variant | expected one of [on, b], found nothing, and no variant is called "off"
            'on_variant': 'no'          | /on_variant  | expected the name of a variant, one of [on, off], found "no"
            'on_variant': null          | /on_variant  | expected a string, found null
            'off_variant': 'no'         | /off_variant | expected the name of a variant, one of [on, off], found "no"
            'off_variant': false        | /off_variant | expected a string, found false
            'on_variant': 'on', 'split': {'on': 1} | /on_variant | expected either on_variant or split, found both
            'split': []                 | /split       | expected an object, found an array
            'split': {}                 | /split       | expected a weight above 0, found none
            'split': {'on': 0, 'off': 0} | /split      | expected a weight above 0, found none
            'split': {'on': -1}         | /split/on    | expected a number from 0 to 1000000000, found -1
            'split': {'on': 1000000001} | /split/on    | expected a number from 0 to 1000000000, found 1000000001
            'split': {'on': '1'}        | /split/on    | expected a number from 0 to 1000000000, found "1"
            'split': {'x-a': 1}         | /split/x-a   | expected the name of a variant, one of [on, off], found "x-a"
            'rules': {}                 | /rules       | expected an array, found an object
            'rules': ['r']              | /rules/0     | expected an object, found "r"
            'rules': [{'serve': 'on'}]  | /rules/0/when | expected a condition, found nothing
            'rules': [{'when': {'attribute': 'a', 'op': 'exists'}}] | /rules/0/serve | expected the name of a variant, found nothing
            'rules': [{'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 5}] | /rules/0/serve | expected a string, found 5
            'rules': [{'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 'no'}] | /rules/0/serve | expected the name of a variant, one of [on, off], found "no"
            'rules': [{'id': '', 'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 'on'}] | /rules/0/id | expected a string that is not empty, found ""
            'rules': [{'id': 'rule-2', 'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 'on'}, {'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 'on'}] | /rules/1/id | expected an id of its own, found "rule-2" for the second time
            """)
    void reports_what_is_wrong_at_its_place(String fields, String place, String message) {
        assertThat(errors(fields)).containsExactly("/flags/f" + place + ": " + message);
        assertThat(invalidFlag(fields).problem()).isEqualTo("/flags/f" + place + ": " + message);
    }

    private static List<String> errors(String fields) {
        return read(flag(fields)).problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(problem -> problem.pointer() + ": " + problem.message())
                .toList();
    }

    @Test
    void asks_for_a_status() {
        assertThat(problems(Documents.json("{'version': 1, 'flags': {'f': {}}}")))
                .containsExactly("/flags/f/status: expected one of [off, on, percentage, targeted], found nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"null | null", "true | true", "5 | 5", "'on' | \"on\"", "[] | an array"})
    void reports_a_flag_that_is_not_an_object(String value, String found) {
        assertThat(problems(Documents.json("{'version': 1, 'flags': {'f': " + value + "}}")))
                .containsExactly("/flags/f: expected an object, found " + found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"a:b | a:b", "'' | ''", "é | é", "a b | a b", "a/b~ | a~1b~0"})
    void reports_a_key_that_is_none(String key, String pointer) {
        String unquoted = key.replace("'", "");
        assertThat(problems(Documents.json("{'version': 1, 'flags': {'" + unquoted + "': {'status': 'on'}}}")))
                .containsExactly("/flags/%s: expected a key of [A-Za-z0-9._-]{1,128}, found \"%s\""
                        .formatted(pointer.replace("'", ""), unquoted));
    }

    @Test
    void lets_a_key_have_128_characters_and_no_more() {
        String key = "k".repeat(128);
        assertThat(problems(Documents.json("{'" + key + "': {'status': 'on'}}")))
                .isEmpty();
        assertThat(problems(Documents.json("{'" + key + "k': {'status': 'on'}}")))
                .hasSize(1);
    }

    @Test
    void reports_everything_at_once_and_nothing_that_only_follows_from_it() {
        assertThat(
                        problems(
                                flag(
                                        "'status': 'maybe', 'percentage': 'x', 'variants': {'a': null}, 'on_variant': 'zzz',"
                                                + " 'split': 5, 'off_variant': 7, 'rules': [{'when': {}, 'serve': 'a'}], 'guard': 1, 'extra': 0")))
                .containsExactly(
                        "/flags/f/status: expected one of [off, on, percentage, targeted], found \"maybe\"",
                        "/flags/f/percentage: expected a number from 0 to 100, found \"x\"",
                        "/flags/f/variants/a: expected a value, found null",
                        "/flags/f/rules/0/when: expected exactly one of [all, any, not, segment, attribute], found none",
                        "/flags/f/guard: expected an object, found 1",
                        "/flags/f/extra: expected a known field, or a name that starts with x-, found \"extra\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'percent': 5                                     | /flags/f/percent",
                "'kill_switch': {'engaged': true, 'because': 'r'} | /flags/f/kill_switch/because",
                "'rollout': {'steps': [1]}                        | /flags/f/rollout/steps",
                "'guard': {'power': 1}                            | /flags/f/guard/power",
                "'guard': {'metrics': [{'name': 'cost', 'limit': 1}]} | /flags/f/guard/metrics/0/limit",
                "'rules': [{'when': {'attribute': 'a', 'op': 'exists', 'why': 1}, 'serve': 'on'}] | /flags/f/rules/0/when/why",
                "'rules': [{'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 'on', 'if': 1}]  | /flags/f/rules/0/if"
            })
    void only_warns_of_unknown_fields(String fields, String pointer) {
        ParsedDocument document = read(flag(fields));
        assertThat(document.problems()).hasSize(1);
        Problem problem = document.problems().get(0);
        assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
        assertThat(problem.pointer()).isEqualTo(pointer);
        assertThat(problem.flag()).isEqualTo("f");
        assertThat(document.ruleset().flags().get("f")).isInstanceOf(Flag.class);
    }

    @Test
    void leaves_free_fields_alone_everywhere() {
        soundFlag(
                "'x-a': 1, 'kill_switch': {'engaged': false, 'x-b': 1}, 'rollout': {'x-c': 1}, 'guard': {'x-f': 1, 'metrics': [{'name': 'cost', 'x-g': 1}]},"
                        + " 'rules': [{'when': {'attribute': 'a', 'op': 'exists', 'x-d': 1}, 'serve': 'on', 'x-e': 1}]");
    }

    @Test
    void shows_long_values_shortened() {
        assertThat(problems(flag("'seed': ':" + "😀".repeat(100) + "'")).get(0))
                .endsWith("found \":" + "😀".repeat(29) + "…");
        String names = "'variants': {" + "'v%s': 1, ".repeat(20).formatted((Object[]) numbers(20)) + "'off': 2}";
        assertThat(problems(flag(names)).get(0))
                .contains("one of [v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, …], found nothing");
    }

    private static Integer[] numbers(int count) {
        Integer[] numbers = new Integer[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }
}
