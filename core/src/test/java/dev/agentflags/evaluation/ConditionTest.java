package dev.agentflags.evaluation;

import static dev.agentflags.evaluation.Given.nobody;
import static dev.agentflags.evaluation.Given.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static boolean holds(String when, Subject subject) {
        Evaluator evaluator = Given.flags("""
                {'version': 1, 'segments': {'eu': {'attribute': 'region', 'op': 'in', 'values': ['de', 'fr']},
                                            'not-eu': {'not': {'segment': 'eu'}}},
                 'flags': {'f': {'status': 'targeted', 'rules': [{'when': %s, 'serve': 'on'}]}}}""".formatted(when));
        Resolution resolution = evaluator.resolve("f", subject);
        assertThat(resolution).isInstanceOf(Resolution.Served.class);
        return ((Resolution.Served) resolution).variant().equals("on");
    }

    private static String test(String op, String operand) {
        return "{'attribute': 'a', 'op': '%s', %s}".formatted(op, operand);
    }

    /** A string, a number or a boolean, as the cell looks. */
    private static Object value(String cell) {
        if (cell.equals("true") || cell.equals("false")) {
            return Boolean.valueOf(cell);
        }
        if (cell.matches("-?\\d+")) {
            return Integer.valueOf(cell);
        }
        return cell.matches("-?\\d+\\.\\d+") ? Double.valueOf(cell) : (Object) cell;
    }

    @ParameterizedTest(name = "{0} {1} of {2}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "in          | 'values': ['x', 'y'] | x     | true",
                "in          | 'values': ['x', 'y'] | X     | false",
                "in          | 'value': 'x'         | x     | true",
                "in          | 'values': []         | x     | false",
                "in          | 'values': [1, 2.5]   | 1     | true",
                "in          | 'values': [1, 2.5]   | 1.0   | true",
                "in          | 'values': [1.0]      | 1     | true",
                "in          | 'values': [1, 2.5]   | 2.5   | true",
                "in          | 'values': ['1']      | 1     | false",
                "in          | 'values': [true]     | true  | true",
                "in          | 'values': [true]     | false | false",
                "not_in      | 'values': ['x']      | y     | true",
                "not_in      | 'values': ['x']      | x     | false",
                "not_in      | 'values': ['x']      | 7     | false",
                "not_in      | 'values': [7]        | 8     | true",
                "not_in      | 'values': [7]        | 7.0   | false",
                "starts_with | 'values': ['ab','z'] | abc   | true",
                "starts_with | 'value': 'b'         | abc   | false",
                "starts_with | 'value': '1'         | 12    | false",
                "ends_with   | 'value': 'bc'        | abc   | true",
                "ends_with   | 'value': 'ab'        | abc   | false",
                "contains    | 'value': 'b'         | abc   | true",
                "contains    | 'values': ['x','c']  | abc   | true",
                "contains    | 'value': 'B'         | abc   | false",
                "lt          | 'value': 10          | 9.9   | true",
                "lt          | 'value': 10          | 10    | false",
                "lte         | 'value': 10          | 10    | true",
                "lte         | 'value': 10          | 10.5  | false",
                "gt          | 'value': 10          | 11    | true",
                "gt          | 'value': 10          | 10    | false",
                "gte         | 'value': 10          | 10.0  | true",
                "gte         | 'value': 10          | x     | false",
                "before      | 'value': '2026-01-01T00:00:00Z' | 2025-12-31T23:59:59Z      | true",
                "before      | 'value': '2026-01-01T00:00:00Z' | 2026-01-01T00:00:00Z      | false",
                "before      | 'value': '2026-01-01T00:00:00Z' | 2026-01-01T00:30:00+01:00 | true",
                "after       | 'value': '2026-01-01T00:00:00Z' | 2026-01-01T00:00:00.001Z  | true",
                "after       | 'value': '2026-01-01T00:00:00Z' | tomorrow                  | false",
                "after       | 'value': '2026-01-01T00:00:00Z' | 2026-01-02                | false",
                "semver_lt   | 'value': '1.10.0'    | 1.9.9       | true",
                "semver_lt   | 'value': '1.10.0'    | 1.10.0      | false",
                "semver_lt   | 'value': '1.10.0'    | 1.10.0-rc.1 | true",
                "semver_lte  | 'value': '1.10.0'    | 1.10.0+b7   | true",
                "semver_gt   | 'value': '1.9'       | 1.10.0      | true",
                "semver_gte  | 'value': '2.0.0'     | 2.0.0       | true",
                "semver_gte  | 'value': '2.0.0'     | two         | false",
            })
    void tests_an_attribute(String op, String operand, String attribute, boolean expected) {
        assertThat(holds(test(op, operand), nobody().with("a", value(attribute))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in 'values': ['x']",
                "not_in 'values': ['x']",
                "starts_with 'value': 'x'",
                "ends_with 'value': 'x'",
                "contains 'value': 'x'",
                "lt 'value': 1",
                "lte 'value': 1",
                "gt 'value': 1",
                "gte 'value': 1",
                "before 'value': '2026-01-01T00:00:00Z'",
                "after 'value': '2026-01-01T00:00:00Z'",
                "semver_lt 'value': '1.0.0'",
                "semver_lte 'value': '1.0.0'",
                "semver_gt 'value': '1.0.0'",
                "semver_gte 'value': '1.0.0'"
            })
    void does_not_hold_of_an_attribute_that_is_missing_or_of_another_type(String test) {
        String when = test(test.substring(0, test.indexOf(' ')), test.substring(test.indexOf(' ')));

        assertThat(holds(when, nobody())).isFalse();
        assertThat(holds(when, nobody().with("a", List.of("x")))).isFalse();
        assertThat(holds(when, nobody().with("a", new Object()))).isFalse();
        assertThat(holds(when, nobody().with("a", Double.NaN))).isFalse();
    }

    @Test
    void of_existence_asks_for_any_value_at_all() {
        assertThat(holds("{'attribute': 'a', 'op': 'exists'}", nobody())).isFalse();
        assertThat(holds("{'attribute': 'a', 'op': 'exists'}", nobody().with("a", List.of())))
                .isTrue();
    }

    @Test
    void compares_instants() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(holds(test("before", "'value': '2026-01-01T12:00:01Z'"), nobody().with("a", noon)))
                .isTrue();
        assertThat(holds(test("after", "'value': '2026-01-01T12:00:01Z'"), nobody().with("a", noon)))
                .isFalse();
    }

    @Test
    void takes_user_and_plan_for_attributes() {
        assertThat(holds("{'attribute': 'user', 'op': 'ends_with', 'value': '@example.com'}", user("a@example.com")))
                .isTrue();
        assertThat(holds("{'attribute': 'plan', 'op': 'in', 'value': 'pro'}", nobody().onPlan("pro")))
                .isTrue();
        assertThat(holds("{'attribute': 'user', 'op': 'exists'}", nobody())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true, true", "1, 2, false, true", "2, 2, false, false"})
    void combines_with_all_any_and_not(int a, int b, boolean all, boolean any) {
        String tests = "[{'attribute': 'a', 'op': 'in', 'value': 1}, {'attribute': 'b', 'op': 'in', 'value': 1}]";
        Subject subject = nobody().with("a", a).with("b", b);

        assertThat(holds("{'all': %s}".formatted(tests), subject)).isEqualTo(all);
        assertThat(holds("{'any': %s}".formatted(tests), subject)).isEqualTo(any);
        assertThat(holds("{'not': {'all': %s}}".formatted(tests), subject)).isEqualTo(!all);
    }

    @Test
    void refers_to_segments_which_refer_to_others() {
        assertThat(holds("{'segment': 'eu'}", nobody().with("region", "de"))).isTrue();
        assertThat(holds("{'segment': 'not-eu'}", nobody().with("region", "de")))
                .isFalse();
        assertThat(holds("{'all': [{'segment': 'not-eu'}, {'not': {'segment': 'eu'}}]}", nobody()))
                .isTrue();
    }

    @Test
    void of_every_kind_compiles() {
        var compiler = new ConditionCompiler();
        for (Class<?> kind : Condition.class.getPermittedSubclasses()) {
            assertThat(KINDS).as("an example of %s", kind).anyMatch(kind::isInstance);
        }
        KINDS.forEach(condition -> assertThat(compiler.compile(condition)).isNotNull());
    }

    private static final Condition EXISTS = new Condition.Exists("a");
    private static final List<Condition> KINDS = List.of(
            EXISTS,
            new Condition.All(List.of(EXISTS)),
            new Condition.Any(List.of(EXISTS)),
            new Condition.Not(EXISTS),
            new Condition.Segment("s", EXISTS),
            new Condition.In("a", java.util.Set.of()),
            new Condition.NotIn("a", java.util.Set.of()),
            new Condition.Text("a", Condition.Text.Part.START, List.of()),
            new Condition.Numeric("a", Condition.Order.LESS, 1),
            new Condition.Time("a", Condition.Time.Side.BEFORE, Instant.EPOCH),
            new Condition.Version(
                    "a", Condition.Order.LESS, new dev.agentflags.model.SemanticVersion(1, 0, 0, List.of())));
}
