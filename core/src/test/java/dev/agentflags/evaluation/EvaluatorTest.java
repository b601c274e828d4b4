package dev.agentflags.evaluation;

import static dev.agentflags.evaluation.Given.flags;
import static dev.agentflags.evaluation.Given.nobody;
import static dev.agentflags.evaluation.Given.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.evaluation.Resolution.CallerDefault;
import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Failure;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.KillSwitch;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {

    /** user-1 is at 67.96 % of this flag, bob at 12.84 %. */
    private static final String SEED = "new_reasoning_prompt";

    private static Served on(Reason reason) {
        return new Served("on", new Bool(true), reason);
    }

    private static Served off(Reason reason) {
        return new Served("off", new Bool(false), reason);
    }

    @Nested
    class Kill_switch {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'status': 'on'",
                    "'status': 'percentage', 'percentage': 100",
                    "'status': 'targeted', 'targeted_users': ['alice']",
                    "'status': 'off'",
                    "'status': 'on', 'rules': [{'when': {'attribute': 'user', 'op': 'exists'}, 'serve': 'on'}]"
                })
        void beats_every_other_rule(String definition) {
            Evaluator evaluator = flags("{'f': {%s, 'kill_switch': true}}".formatted(definition));

            assertThat(evaluator.resolve("f", user("alice").onPlan("pro"))).isEqualTo(off(Reason.KILLED));
        }

        @Test
        void of_the_root_kills_every_flag() {
            Evaluator evaluator = flags("""
                    {'version': 1, 'kill_switch': {'engaged': true, 'reason': 'incident 7'},
                     'flags': {'f': {'status': 'on'}, 'g': {'status': 'targeted', 'targeted_users': ['alice']}}}""");

            assertThat(evaluator.resolve("f", nobody())).isEqualTo(off(Reason.KILLED));
            assertThat(evaluator.resolve("g", user("alice"))).isEqualTo(off(Reason.KILLED));
            assertThat(evaluator.killed()).containsEntry("g", new KillSwitch(true, "incident 7", null, null));
        }

        @Test
        void leaves_the_callers_default_where_there_is_no_off_variant_and_still_says_killed() {
            Evaluator evaluator = flags("{'f': {'status': 'on', 'off_variant': null, 'kill_switch': true}}");

            assertThat(evaluator.resolve("f", nobody())).isEqualTo(new CallerDefault(Reason.KILLED));
        }

        @Test
        void gives_its_reason_only_while_it_is_engaged() {
            Evaluator evaluator = flags("""
                    {'f': {'status': 'on', 'kill_switch': {'engaged': true, 'reason': 'bad answers'}},
                     'g': {'status': 'on', 'kill_switch': {'engaged': false, 'reason': 'was fixed'}}}""");

            assertThat(evaluator.killed())
                    .containsOnly(Map.entry("f", new KillSwitch(true, "bad answers", null, null)));
            assertThat(evaluator.resolve("g", nobody())).isEqualTo(on(Reason.STATIC));
        }

        @Test
        void is_obeyed_in_a_definition_that_has_errors() {
            Evaluator evaluator = flags("{'f': {'status': 'maybe', 'kill_switch': true}, 'g': {'status': 'on'}}");

            assertThat(evaluator.resolve("f", nobody())).isEqualTo(new CallerDefault(Reason.KILLED));
        }
    }

    @Nested
    class Status_off {

        @Test
        void gives_everyone_the_off_variant_whatever_the_lists_say() {
            Evaluator evaluator = flags("""
                    {'f': {'status': 'off', 'percentage': 100, 'targeted_users': ['alice'], 'targeted_plans': ['pro']}}""");

            assertThat(evaluator.resolve("f", user("alice").onPlan("pro"))).isEqualTo(off(Reason.STATIC));
        }

        @Test
        void is_disabled_without_an_off_variant() {
            Evaluator evaluator = flags("{'f': {'status': 'off', 'off_variant': null}}");

            assertThat(evaluator.resolve("f", nobody())).isEqualTo(new CallerDefault(Reason.DISABLED));
        }
    }

    @Nested
    class Required_flags {

        private static final String CHAIN = """
                {'a': {'status': 'on', 'requires': ['b']},
                 'b': {'status': 'on', 'requires': ['c']},
                 'c': {'status': 'targeted', 'targeted_users': ['alice']}}""";

        @Test
        void must_be_on_for_the_subject_through_any_number_of_others() {
            assertThat(flags(CHAIN).resolve("a", user("alice"))).isEqualTo(on(Reason.DEFAULT));
            assertThat(flags(CHAIN).resolve("a", user("bob"))).isEqualTo(off(Reason.DEFAULT));
        }

        @Test
        void take_those_with_them_that_require_them_when_they_are_killed() {
            String killed = CHAIN.replace("['alice']", "['alice'], 'kill_switch': true");

            assertThat(flags(killed).resolve("a", user("alice"))).isEqualTo(off(Reason.DEFAULT));
        }

        @ParameterizedTest
        @CsvSource({"special, DEFAULT, on", "usual, DEFAULT, off"})
        void are_on_when_they_serve_anything_but_their_off_variant(String serve, Reason reason, String variant) {
            Evaluator evaluator = flags("""
                    {'a': {'status': 'on', 'requires': ['b']},
                     'b': {'status': 'targeted', 'variants': {'usual': 'u', 'new': 'n', 'special': 's'},
                           'on_variant': 'new', 'off_variant': 'usual',
                           'rules': [{'when': {'attribute': 'user', 'op': 'exists'}, 'serve': '%s'}]}}""".formatted(serve));

            assertThat(evaluator.resolve("a", user("alice")))
                    .isEqualTo(new Served(variant, new Bool(variant.equals("on")), reason));
        }

        @Test
        void that_cannot_be_evaluated_are_not_on() {
            Evaluator evaluator = flags("""
                    {'a': {'status': 'on', 'requires': ['b']}, 'b': {'status': 'percentage', 'percentage': 99},
                     'c': {'status': 'on', 'requires': ['broken']}, 'broken': {'status': 'perhaps'}}""");

            assertThat(evaluator.resolve("a", nobody())).isEqualTo(off(Reason.DEFAULT));
            assertThat(evaluator.resolve("c", nobody())).isEqualTo(off(Reason.DEFAULT));
        }

        @Test
        void are_not_looked_at_while_the_flag_is_off() {
            Evaluator evaluator = flags("{'a': {'status': 'off', 'requires': ['b']}, 'b': {'status': 'off'}}");

            assertThat(evaluator.resolve("a", nobody())).isEqualTo(off(Reason.STATIC));
        }
    }

    @Nested
    class Lists_and_rules {

        private static final String ALL = """
                {'f': {'status': '%s', 'percentage': %s, 'seed': '%s',
                       'excluded_users': ['out', 'both'],
                       'targeted_users': ['in', 'both', 'in-and-rule'],
                       'rules': [{'id': 'hold', 'when': {'attribute': 'region', 'op': 'in', 'values': ['eu']}, 'serve': 'off'},
                                 {'id': 'late', 'when': {'attribute': 'region', 'op': 'exists'}, 'serve': 'on'}],
                       'targeted_plans': ['pro']}}""";

        private static Evaluator all(String status, int percentage) {
            return flags(ALL.formatted(status, percentage, SEED));
        }

        @ParameterizedTest(name = "user {0}, plan {1}, region {2}: {3}")
        @CsvSource({
            "out,         pro,  us, off", // excluded beats rule and plan
            "both,        free, us, off", // excluded beats targeted
            "in,          free, us, on",
            "in-and-rule, free, eu, on", // targeted beats the rule
            "x,           pro,  eu, off", // the rule beats the plan
            "x,           free, us, on", // the second rule
        })
        void are_tried_in_the_order_of_the_table(String user, String plan, String region, String variant) {
            for (String status : new String[] {"targeted", "percentage", "on"}) {
                assertThat(all(status, 0).resolve("f", user(user).onPlan(plan).with("region", region)))
                        .as(status)
                        .isEqualTo(variant.equals("on") ? on(Reason.TARGETING_MATCH) : off(Reason.TARGETING_MATCH));
            }
        }

        @Test
        void then_comes_the_plan() {
            assertThat(all("targeted", 0).resolve("f", user("x").onPlan("pro"))).isEqualTo(on(Reason.TARGETING_MATCH));
            assertThat(all("percentage", 0).resolve("f", user("x").onPlan("pro")))
                    .isEqualTo(on(Reason.TARGETING_MATCH));
        }

        @Test
        void leave_the_rest_to_the_status() {
            assertThat(all("targeted", 0).resolve("f", user("x"))).isEqualTo(off(Reason.DEFAULT));
            assertThat(all("on", 0).resolve("f", user("x"))).isEqualTo(on(Reason.DEFAULT));
            assertThat(all("percentage", 100).resolve("f", user("x"))).isEqualTo(on(Reason.DEFAULT));
            assertThat(all("percentage", 50).resolve("f", user("bob"))).isEqualTo(on(Reason.SPLIT));
            assertThat(all("percentage", 50).resolve("f", user("user-1"))).isEqualTo(off(Reason.SPLIT));
        }

        @Test
        void match_exactly_and_with_case() {
            Evaluator evaluator =
                    flags("{'f': {'status': 'targeted', 'targeted_users': ['alice'], 'targeted_plans': ['pro']}}");

            assertThat(evaluator.resolve("f", user("Alice").onPlan("PRO"))).isEqualTo(off(Reason.DEFAULT));
            assertThat(evaluator.resolve("f", user("alice "))).isEqualTo(off(Reason.DEFAULT));
        }

        @Test
        void do_not_match_who_has_no_user_and_no_plan() {
            Evaluator evaluator = flags("""
                    {'f': {'status': 'targeted', 'targeted_users': ['alice'], 'excluded_users': ['bob'],
                           'targeted_plans': ['pro']}}""");

            assertThat(evaluator.resolve("f", nobody())).isEqualTo(off(Reason.DEFAULT));
        }

        @Test
        void let_a_rule_serve_any_variant() {
            Evaluator evaluator = flags("""
                    {'f': {'status': 'targeted', 'variants': {'on': 'a', 'off': 'b', 'third': 'c'},
                           'rules': [{'when': {'attribute': 'plan', 'op': 'in', 'value': 'pro'}, 'serve': 'third'}]}}""");

            assertThat(evaluator.resolve("f", nobody().onPlan("pro")))
                    .isEqualTo(new Served("third", new Text("c"), Reason.TARGETING_MATCH));
        }
    }

    @Nested
    class Status_on_and_100_percent {

        @ParameterizedTest
        @ValueSource(strings = {"'status': 'on'", "'status': 'percentage', 'percentage': 100"})
        void are_static_where_nothing_else_could_decide_and_need_no_user(String definition) {
            assertThat(flags("{'f': {%s}}".formatted(definition)).resolve("f", nobody()))
                    .isEqualTo(on(Reason.STATIC));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'excluded_users': ['x']",
                    "'targeted_users': ['x']",
                    "'targeted_plans': ['x']",
                    "'requires': ['g']",
                    "'rules': [{'when': {'attribute': 'a', 'op': 'exists'}, 'serve': 'off'}]"
                })
        void are_a_default_where_something_else_could(String more) {
            Evaluator evaluator = flags("{'f': {'status': 'on', %s}, 'g': {'status': 'on'}}".formatted(more));

            assertThat(evaluator.resolve("f", nobody())).isEqualTo(on(Reason.DEFAULT));
        }
    }

    @Nested
    class Percentage {

        @ParameterizedTest
        @CsvSource({"12.8, off", "12.85, on", "100, on", "0, off"})
        void lets_in_whose_bucket_is_below(double percentage, String variant) {
            Evaluator evaluator = flags("{'%s': {'status': 'percentage', 'percentage': %s, 'excluded_users': ['x']}}"
                    .formatted(SEED, percentage));
            Reason reason = percentage == 100 ? Reason.DEFAULT : Reason.SPLIT;

            assertThat(evaluator.resolve(SEED, user("bob"))).isEqualTo(variant.equals("on") ? on(reason) : off(reason));
        }

        @Test
        void is_0_unless_set() {
            assertThat(flags("{'f': {'status': 'percentage'}}").resolve("f", user("bob")))
                    .isEqualTo(off(Reason.SPLIT));
        }

        @Test
        void needs_something_to_bucket_by() {
            Evaluator evaluator = flags("""
                    {'f': {'status': 'percentage', 'percentage': 50},
                     'g': {'status': 'percentage', 'percentage': 50, 'bucket_by': 'tenant'}}""");

            assertThat(evaluator.resolve("f", nobody()))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(Failure.TARGETING_KEY_MISSING));
            assertThat(evaluator.resolve("g", user("bob"))).isEqualTo(evaluator.resolve("f", nobody()));
            assertThat(evaluator.resolve("g", user("bob").with("tenant", true)))
                    .isEqualTo(evaluator.resolve("f", nobody()));
        }

        @Test
        void takes_the_empty_user_for_a_user() {
            assertThat(flags("{'%s': {'status': 'percentage', 'percentage': 75}}".formatted(SEED))
                            .resolve(SEED, user("")))
                    .isEqualTo(on(Reason.SPLIT));
        }

        @Test
        void buckets_by_an_attribute_as_it_would_by_a_user_of_that_name() {
            Evaluator evaluator = flags("""
                    {'f': {'status': 'percentage', 'percentage': 50},
                     'g': {'status': 'percentage', 'percentage': 50, 'bucket_by': 'tenant', 'seed': 'f'},
                     'p': {'status': 'percentage', 'percentage': 50, 'bucket_by': 'plan', 'seed': 'f'}}""");

            for (int i = 0; i < 1_000; i++) {
                Resolution expected = evaluator.resolve("f", user("" + i));
                assertThat(evaluator.resolve("g", user("same").with("tenant", "" + i)))
                        .isEqualTo(expected);
                assertThat(evaluator.resolve("g", user("same").with("tenant", i)))
                        .isEqualTo(expected);
                assertThat(evaluator.resolve("g", user("same").with("tenant", (double) i)))
                        .isEqualTo(expected);
                assertThat(evaluator.resolve("p", user("same").onPlan("" + i))).isEqualTo(expected);
            }
        }
    }

    @Nested
    class Split {

        private static final String SPLIT = """
                {'f': {'status': '%s', 'percentage': %s, 'variants': {'off': 0, 'a': 1, 'b': 2, 'c': 3},
                       'split': {'b': 1, 'c': 0, 'a': 1}, 'targeted_users': ['vip']}}""";

        @Test
        void keeps_everyone_in_the_same_treatment_while_the_percentage_grows() {
            for (int i = 0; i < 2_000; i++) {
                Resolution at10 = flags(SPLIT.formatted("percentage", 10)).resolve("f", user("u" + i));
                if (at10 instanceof Served served && !served.variant().equals("off")) {
                    assertThat(flags(SPLIT.formatted("percentage", 60)).resolve("f", user("u" + i)))
                            .isEqualTo(at10);
                    assertThat(flags(SPLIT.formatted("on", 0)).resolve("f", user("u" + i)))
                            .isEqualTo(at10);
                }
            }
        }

        @Test
        void never_serves_a_variant_of_no_weight() {
            Evaluator evaluator = flags(SPLIT.formatted("on", 0));
            for (int i = 0; i < 2_000; i++) {
                assertThat(evaluator.resolve("f", user("u" + i)))
                        .isIn(
                                new Served("a", new FlagValue.Whole(1), Reason.SPLIT),
                                new Served("b", new FlagValue.Whole(2), Reason.SPLIT));
            }
        }

        @Test
        void draws_for_targeted_users_too_but_says_that_they_were_targeted() {
            assertThat(flags(SPLIT.formatted("targeted", 0)).resolve("f", user("vip")))
                    .isInstanceOfSatisfying(
                            Served.class, served -> assertThat(served.reason()).isEqualTo(Reason.TARGETING_MATCH));
        }

        @Test
        void needs_something_to_bucket_by() {
            assertThat(flags(SPLIT.formatted("on", 0)).resolve("f", nobody()))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(Failure.TARGETING_KEY_MISSING));
        }
    }

    @Test
    void reports_a_flag_that_does_not_exist() {
        assertThat(flags("{'f': {'status': 'on'}}").resolve("g", nobody()))
                .isEqualTo(new Failed(Failure.FLAG_NOT_FOUND, "no flag has the key \"g\""));
    }

    @Test
    void reports_a_flag_whose_definition_has_errors() {
        assertThat(flags("{'f': {'status': 'maybe'}, 'g': {'status': 'on'}}").resolve("f", nobody()))
                .isEqualTo(
                        new Failed(
                                Failure.PARSE_ERROR,
                                "the flag's definition has errors: /f/status: expected one of [off, on, percentage, targeted], found \"maybe\""));
    }

    @Test
    void serves_values_of_every_type() {
        Evaluator evaluator = flags("""
                {'f': {'status': 'on', 'variants': {'on': {'model': 'big', 'n': [1, 2.5, null]}, 'off': {}}}}""");

        assertThat(evaluator.resolve("f", nobody()))
                .isInstanceOfSatisfying(
                        Served.class,
                        served -> assertThat(served.value())
                                .hasToString(
                                        "Structure[fields={model=Text[value=big], n=Sequence[items=[Whole[value=1],"
                                                + " Decimal[value=2.5], Null[]]]}]"));
    }
}
