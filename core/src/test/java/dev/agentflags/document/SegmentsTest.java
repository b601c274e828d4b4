package dev.agentflags.document;

import static dev.agentflags.document.Documents.definition;
import static dev.agentflags.document.Documents.json;
import static dev.agentflags.document.Documents.problems;
import static dev.agentflags.document.Documents.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.Condition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentsTest {

    private static final String EXISTS = "{'attribute': 'a', 'op': 'exists'}";

    /** Returns a document whose flag "f" uses the segment "s", and whose flag "g" uses none. */
    private static String document(String segments) {
        return json("{'version': 1, 'flags': {"
                + "'f': {'status': 'on', 'rules': [{'when': {'segment': 's'}, 'serve': 'off'}]},"
                + "'g': {'status': 'on'}}, 'segments': " + segments + "}");
    }

    private static Condition used(String document) {
        Flag flag = (Flag) definition(read(document), "f");
        return flag.targeting().rules().get(0).when();
    }

    @Test
    void are_written_out_where_they_are_used() {
        assertThat(used(document("{'s': " + EXISTS + "}")))
                .isEqualTo(new Condition.Segment("s", new Condition.Exists("a")));
    }

    @Test
    void may_refer_to_others_whatever_their_order() {
        assertThat(used(document("{'s': {'all': [{'segment': 't'}, {'not': {'segment': 'u'}}]},"
                        + " 't': {'any': [{'segment': 'u'}]}, 'u': " + EXISTS + "}")))
                .isEqualTo(used(document("{'u': " + EXISTS + ", 't': {'any': [{'segment': 'u'}]},"
                        + " 's': {'all': [{'segment': 't'}, {'not': {'segment': 'u'}}]}}")))
                .isEqualTo(new Condition.Segment(
                        "s",
                        new Condition.All(List.of(
                                new Condition.Segment(
                                        "t",
                                        new Condition.Any(
                                                List.of(new Condition.Segment("u", new Condition.Exists("a"))))),
                                new Condition.Not(new Condition.Segment("u", new Condition.Exists("a")))))));
    }

    @Test
    void that_have_errors_leave_flags_alone_that_do_not_use_them() {
        String document = document("{'s': {'segment': 'none'}, 't': 5}");
        assertThat(problems(document))
                .containsExactly(
                        "/flags/f/rules/0/when/segment: expected a sound segment, found \"s\", which has errors",
                        "/segments/s/segment: expected the name of a segment, one of [s, t], found \"none\"",
                        "/segments/t: expected an object, found 5");
        assertThat(definition(read(document), "f")).isInstanceOf(InvalidFlag.class);
        assertThat(definition(read(document), "g")).isInstanceOf(Flag.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "[]"})
    void that_are_not_an_object_leave_flags_alone_that_do_not_use_them(String segments) {
        ParsedDocument document = read(document(segments));
        assertThat(document.problems()).hasSize(2);
        assertThat(definition(document, "f")).isInstanceOf(InvalidFlag.class);
        assertThat(definition(document, "g")).isInstanceOf(Flag.class);
    }

    @Test
    void have_names_of_the_same_pattern_as_flags() {
        assertThat(problems(document("{'s': " + EXISTS + ", 'a b': " + EXISTS + ", 'x-free': 5}")))
                .containsExactly(
                        "/segments/a b: expected a name of [A-Za-z0-9._-]{1,128}, found \"a b\"",
                        "/segments/x-free: expected an object, found 5");
    }

    @Test
    void must_not_refer_to_themselves() {
        assertThat(problems(document("{'s': {'not': {'segment': 's'}}}")))
                .containsExactly(
                        "/flags/f/rules/0/when/segment: expected a sound segment, found \"s\", which has errors",
                        "/segments/s: expected no cycle, found s → s");
    }

    @Test
    void must_not_go_round_in_a_cycle() {
        assertThat(problems(document("{'s': {'segment': 'a'}, 'a': {'segment': 'b'}, 'b': {'any': [" + EXISTS
                        + ", {'segment': 'c'}]}, 'c': {'segment': 'a'}, 'ok': " + EXISTS + "}")))
                .containsExactly(
                        "/flags/f/rules/0/when/segment: expected a sound segment, found \"s\", which has errors",
                        "/segments/s/segment: expected a sound segment, found \"a\", which has errors",
                        "/segments/a: expected no cycle, found a → b → c → a",
                        "/segments/b: expected no cycle, found b → c → a → b",
                        "/segments/c: expected no cycle, found c → a → b → c");
    }

    @Test
    void may_be_64_deep_written_out_and_no_deeper() {
        // a rule that refers to s, which is 62 times a reference to the next, and a test at the end
        assertThat(problems(document(chain(63)))).isEmpty();
        assertThat(problems(document(chain(64))))
                .containsExactly(
                        "/flags/f/rules/0/when: expected conditions at most 64 deep, segments written out, found 65");
        assertThat(problems(document(chain(65)))).hasSize(2);
    }

    private static String chain(int length) {
        var segments = new StringBuilder("{'s': {'segment': 's2'}");
        for (int i = 2; i < length; i++) {
            segments.append(", 's%d': {'segment': 's%d'}".formatted(i, i + 1));
        }
        return segments.append(", 's%d': %s}".formatted(length, EXISTS)).toString();
    }

    @Test
    @Timeout(60)
    void may_form_very_long_chains_and_cycles_without_harm() {
        int length = 20_000;
        assertThat(problems(document(chain(length)))).hasSize(1_000);
        String cycle = chain(length).replace("{'attribute': 'a', 'op': 'exists'}", "{'segment': 's'}");
        assertThat(problems(document(cycle))).hasSize(1_000);
    }

    @Test
    @Timeout(60)
    void may_not_blow_up_exponentially() {
        var segments = new StringBuilder("{'s': {'segment': 'l39'}, 'l0': " + EXISTS);
        for (int i = 1; i < 40; i++) {
            String lower = "{'segment': 'l%d'}".formatted(i - 1);
            segments.append(", 'l%d': {'any': [%s, %s]}".formatted(i, lower, lower));
        }
        List<String> problems = problems(document(segments + "}"));
        assertThat(problems)
                .anySatisfy(
                        problem -> assertThat(problem)
                                .matches(
                                        "/segments/l\\d+: expected at most 10000 conditions, segments written out, found \\d+"));
    }

    @Test
    @Timeout(60)
    void are_shared_by_the_rules_that_use_them_and_bounded_over_all_flags() {
        String large = "{'any': [" + EXISTS + (", " + EXISTS).repeat(9_996) + "]}";
        String rule = "{'when': {'segment': 's'}, 'serve': 'off'}";
        // each rule comes to 9,999 conditions, a thousand of them to just less than ten million
        String flags = "'f': {'status': 'on', 'rules': [" + rule + ("," + rule).repeat(999) + "]}"
                + ", 'g': {'status': 'on', 'rules': [" + rule
                + "]}, 'h': {'status': 'on', 'kill_switch': true, 'rules': ["
                + rule + "]}";
        ParsedDocument document =
                read(json("{'version': 1, 'segments': {'s': " + large + "}, 'flags': {" + flags + "}}"));
        Flag flag = (Flag) definition(document, "f");
        assertThat(flag.targeting().rules()).hasSize(1_000);
        assertThat(flag.targeting().rules().get(999).when())
                .isSameAs(flag.targeting().rules().get(0).when());
        assertThat(document.problems())
                .extracting(problem -> problem.pointer() + ": " + problem.message())
                .containsExactly(
                        "/flags/g/rules/0/when: expected at most 10000000 conditions in all flags, segments written out, found more",
                        "/flags/h/rules/0/when: expected at most 10000000 conditions in all flags, segments written out, found more");
        assertThat(definition(document, "h").killSwitch().engaged()).isTrue();
    }
}
