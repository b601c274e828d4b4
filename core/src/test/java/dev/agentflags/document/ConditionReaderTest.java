package dev.agentflags.document;

import static dev.agentflags.document.Documents.flag;
import static dev.agentflags.document.Documents.problems;
import static dev.agentflags.document.Documents.soundFlag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.Condition;
import dev.agentflags.model.Condition.Exists;
import dev.agentflags.model.Condition.In;
import dev.agentflags.model.Condition.NotIn;
import dev.agentflags.model.Condition.Numeric;
import dev.agentflags.model.Condition.Order;
import dev.agentflags.model.Condition.Text;
import dev.agentflags.model.Condition.Text.Part;
import dev.agentflags.model.Condition.Time;
import dev.agentflags.model.Condition.Time.Side;
import dev.agentflags.model.Condition.Version;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.SemanticVersion;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionReaderTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final SemanticVersion VERSION = new SemanticVersion(1, 2, 3, List.of());

    @ParameterizedTest
    @MethodSource
    void reads_every_operator(String test, Condition condition) {
        assertThat(condition("{'attribute': 'a', " + test + "}")).isEqualTo(condition);
    }

    static Stream<Arguments> reads_every_operator() {
        return Stream.of(
                Arguments.of(
                        "'op': 'in', 'values': ['x', 1, 1.5, true]",
                        new In(
                                "a",
                                Set.of(
                                        new FlagValue.Text("x"),
                                        new FlagValue.Whole(1),
                                        new FlagValue.Decimal(1.5),
                                        new FlagValue.Bool(true)))),
                Arguments.of("'op': 'in', 'value': 'x'", new In("a", Set.of(new FlagValue.Text("x")))),
                Arguments.of("'op': 'in', 'values': []", new In("a", Set.of())),
                Arguments.of("'op': 'not_in', 'values': ['x', 'x']", new NotIn("a", Set.of(new FlagValue.Text("x")))),
                Arguments.of("'op': 'starts_with', 'value': 'x'", new Text("a", Part.START, List.of("x"))),
                Arguments.of("'op': 'ends_with', 'values': ['x', 'y']", new Text("a", Part.END, List.of("x", "y"))),
                Arguments.of("'op': 'contains', 'value': ''", new Text("a", Part.ANYWHERE, List.of(""))),
                Arguments.of("'op': 'lt', 'value': 1", new Numeric("a", Order.LESS, 1)),
                Arguments.of("'op': 'lte', 'value': -1.5", new Numeric("a", Order.LESS_OR_EQUAL, -1.5)),
                Arguments.of("'op': 'gt', 'value': -0.0", new Numeric("a", Order.GREATER, 0)),
                Arguments.of("'op': 'gte', 'value': 1e3", new Numeric("a", Order.GREATER_OR_EQUAL, 1000)),
                Arguments.of("'op': 'before', 'value': '2026-11-22T12:00:00Z'", new Time("a", Side.BEFORE, NOON)),
                Arguments.of("'op': 'after', 'value': '2026-11-22t13:00:00.0+01:00'", new Time("a", Side.AFTER, NOON)),
                Arguments.of("'op': 'semver_lt', 'value': '1.2.3'", new Version("a", Order.LESS, VERSION)),
                Arguments.of("'op': 'semver_lte', 'value': '1.2.3'", new Version("a", Order.LESS_OR_EQUAL, VERSION)),
                Arguments.of("'op': 'semver_gt', 'value': '1.2.3+b'", new Version("a", Order.GREATER, VERSION)),
                Arguments.of("'op': 'semver_gte', 'value': '1.2.3'", new Version("a", Order.GREATER_OR_EQUAL, VERSION)),
                Arguments.of("'op': 'exists'", new Exists("a")));
    }

    @Test
    void reads_conditions_in_conditions() {
        assertThat(condition("{'all': [{'not': {'any': [{'attribute': 'a', 'op': 'exists'}]}},"
                        + " {'attribute': 'b', 'op': 'exists'}]}"))
                .isEqualTo(new Condition.All(
                        List.of(new Condition.Not(new Condition.Any(List.of(new Exists("a")))), new Exists("b"))));
    }

    private static Condition condition(String when) {
        return soundFlag(rule(when)).targeting().rules().get(0).when();
    }

    private static String rule(String when) {
        return "'rules': [{'when': " + when + ", 'serve': 'on'}]";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "ROOT", textBlock = """
            5              | ROOT | expected an object, found 5
            {}             | ROOT | expected exactly one of [all, any, not, segment, attribute], found none
            {'op': 'in'}   | ROOT | expected exactly one of [all, any, not, segment, attribute], found none
            {'all': [], 'not': {}} | ROOT | expected exactly one of [all, any, not, segment, attribute], found [all, not]
            {'all': {}}    | /all    | expected an array, found an object
            {'all': []}    | /all    | expected at least one condition, found none
            {'any': []}    | /any    | expected at least one condition, found none
            {'any': [{'attribute': 'a', 'op': 'exists'}, null]} | /any/1 | expected an object, found null
            {'not': []}    | /not    | expected an object, found an array
            {'not': {'not': {}}} | /not/not | expected exactly one of [all, any, not, segment, attribute], found none
            {'segment': 5} | /segment | expected a string, found 5
            {'segment': 'none'} | /segment | expected the name of a segment, one of [], found "none"
            {'attribute': 5, 'op': 'exists'}  | /attribute | expected a string that is not empty, found 5
            {'attribute': '', 'op': 'exists'} | /attribute | expected a string that is not empty, found ""
            {'attribute': 'a'} | /op | expected one of [in, not_in, starts_with, ends_with, contains, lt, lte, gt, gte, before, after, semver_lt, semver_lte, semver_gt, semver_gte, exists], found nothing
            {'attribute': 'a', 'op': 'eq', 'value': 1} | /op | expected one of [in, not_in, starts_with, ends_with, contains, lt, lte, gt, gte, before, after, semver_lt, semver_lte, semver_gt, semver_gte, exists], found "eq"
            {'attribute': 'a', 'op': null} | /op | expected one of [in, not_in, starts_with, ends_with, contains, lt, lte, gt, gte, before, after, semver_lt, semver_lte, semver_gt, semver_gte, exists], found null
            {'attribute': 'a', 'op': 'in'} | ROOT | expected either "value" or "values", found neither
            {'attribute': 'a', 'op': 'in', 'value': 1, 'values': [1]} | ROOT | expected either "value" or "values", found both
            {'attribute': 'a', 'op': 'in', 'values': 'x'} | /values | expected an array, found "x"
            {'attribute': 'a', 'op': 'in', 'values': ['x', null]} | /values/1 | expected a string, a number or a boolean, found null
            {'attribute': 'a', 'op': 'not_in', 'value': []} | /value | expected a string, a number or a boolean, found an array
            {'attribute': 'a', 'op': 'in', 'value': 9223372036854775808} | /value | expected a whole number that fits 64 bits, found 9223372036854775808
            {'attribute': 'a', 'op': 'starts_with', 'value': 5} | /value | expected a string, found 5
            {'attribute': 'a', 'op': 'ends_with', 'values': ['x', 5]} | /values/1 | expected a string, found 5
            {'attribute': 'a', 'op': 'contains'} | ROOT | expected either "value" or "values", found neither
            {'attribute': 'a', 'op': 'lt'} | /value | expected a number, found nothing
            {'attribute': 'a', 'op': 'lt', 'value': '5'} | /value | expected a number, found "5"
            {'attribute': 'a', 'op': 'gt', 'value': 5, 'values': [5]} | /values | expected a single "value" with this op, found an array
            {'attribute': 'a', 'op': 'before'} | /value | expected a time such as 2026-11-22T12:00:00Z, found nothing
            {'attribute': 'a', 'op': 'before', 'value': '2026-11-22'} | /value | expected a time such as 2026-11-22T12:00:00Z, found "2026-11-22"
            {'attribute': 'a', 'op': 'after', 'value': 5} | /value | expected a time such as 2026-11-22T12:00:00Z, found 5
            {'attribute': 'a', 'op': 'semver_lt', 'value': 'v1'} | /value | expected a semantic version such as 1.2.3, found "v1"
            {'attribute': 'a', 'op': 'semver_gte', 'value': 1.2} | /value | expected a semantic version such as 1.2.3, found 1.2
            {'attribute': 'a', 'op': 'exists', 'value': true} | /value | expected no value with this op, found true
            {'attribute': 'a', 'op': 'exists', 'values': []} | /values | expected no value with this op, found an array
            """)
    void reports_what_is_wrong_at_its_place(String when, String place, String message) {
        assertThat(problems(flag(rule(when))))
                .containsExactly("/flags/f/rules/0/when" + (place == null ? "" : place) + ": " + message);
    }
}
