package dev.agentflags.document;

import static dev.agentflags.document.Documents.definition;
import static dev.agentflags.document.Documents.json;
import static dev.agentflags.document.Documents.problems;
import static dev.agentflags.document.Documents.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RequirementsTest {

    private static String flags(String... keysAndRequirements) {
        var flags = new StringBuilder();
        for (int i = 0; i < keysAndRequirements.length; i += 2) {
            flags.append(i == 0 ? "" : ", ")
                    .append("'%s': {'status': 'on', 'requires': [%s]}"
                            .formatted(keysAndRequirements[i], keysAndRequirements[i + 1]));
        }
        return json("{'version': 1, 'flags': {" + flags + "}}");
    }

    @Test
    void may_name_any_flag_before_or_after_sound_or_not() {
        assertThat(problems(flags("a", "'b', 'c', 'b'", "b", "'c'", "c", ""))).isEmpty();
        ParsedDocument document = read(json("{'a': {'status': 'on', 'requires': ['b']}, 'b': {}}"));
        assertThat(definition(document, "a")).isInstanceOf(Flag.class);
        assertThat(definition(document, "b")).isInstanceOf(InvalidFlag.class);
    }

    @Test
    void must_name_flags_that_are_there() {
        assertThat(problems(flags("a", "'b', 'b', 'nope', 'a b'", "b", "")))
                .containsExactly(
                        "/flags/a/requires/2: expected the key of a flag, found \"nope\"",
                        "/flags/a/requires/3: expected the key of a flag, found \"a b\"");
    }

    @Test
    void must_not_name_the_flag_itself() {
        assertThat(problems(flags("a", "'a'"))).containsExactly("/flags/a/requires: expected no cycle, found a → a");
    }

    @Test
    void must_not_go_round_in_a_cycle() {
        ParsedDocument document = read(flags("a", "'b'", "b", "'c'", "c", "'d', 'a'", "d", "", "before", "'a'"));
        assertThat(document.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "expected no cycle, found a → b → c → a",
                        "expected no cycle, found b → c → a → b",
                        "expected no cycle, found c → a → b → c");
        assertThat(document.problems()).extracting(Problem::flag).containsExactly("a", "b", "c");
        assertThat(definition(document, "a"))
                .isEqualTo(new InvalidFlag(
                        "a", KillSwitch.RELEASED, "/flags/a/requires: expected no cycle, found a → b → c → a"));
        assertThat(definition(document, "before")).isInstanceOf(Flag.class);
    }

    @Test
    void may_be_100_directly_and_through_others_and_no_more() {
        assertThat(problems(chain(101))).isEmpty();
        assertThat(problems(chain(102)))
                .containsExactly("/flags/f0/requires: expected at most 100, directly and through others, found more");
    }

    private static String chain(int length) {
        String[] flags = new String[2 * length];
        for (int i = 0; i < length; i++) {
            flags[2 * i] = "f" + i;
            flags[2 * i + 1] = i + 1 < length ? "'f" + (i + 1) + "'" : "";
        }
        return flags(flags);
    }

    @Test
    @Timeout(60)
    void cost_little_however_many_they_are() {
        int count = 1_500;
        var all = new StringBuilder("'f0'");
        for (int i = 1; i < 20_000; i++) {
            all.append(", 'f").append(i % count).append('\'');
        }
        String[] flags = new String[2 * count];
        for (int i = 0; i < count; i++) {
            flags[2 * i] = "f" + i;
            flags[2 * i + 1] = i == 0 ? all.toString() : "'f0'";
        }
        assertThat(problems(flags(flags)))
                .containsExactly("/flags/f0/requires: expected at most 100 flags, found 20000");
        assertThat(problems(chain(5_000))).hasSize(1_000);
    }
}
