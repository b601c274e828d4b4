package dev.agentflags.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.Problem;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Ruleset;
import dev.agentflags.model.Status;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesetInForceTest {

    private static final String ON = "{'status': 'on'}";
    private static final String OFF = "{'status': 'off'}";
    private static final String KILLED = "{'status': 'on', 'kill_switch': {'engaged': true, 'reason': 'r'}}";
    private static final String BAD = "{'status': 'maybe'}";
    private static final String BAD_KILLED = "{'status': 'maybe', 'kill_switch': {'engaged': true, 'reason': 'bad'}}";

    private final RulesetInForce inForce = new RulesetInForce();

    private Change accept(String document) {
        try {
            return inForce.accept(utf8(document));
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    /** Accepts a document whose flags are "a" and "b". */
    private Change acceptFlags(String a, String b) {
        return accept("{'version': 1, 'flags': {'a': " + a + ", 'b': " + b + "}}");
    }

    private void refuses(String document, String message) {
        Snapshot before = inForce.current();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inForce.accept(utf8(document)))
                .withMessageContaining(message);
        assertThat(inForce.current()).isSameAs(before);
    }

    private static byte[] utf8(String quoted) {
        return quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private Ruleset ruleset() {
        return Objects.requireNonNull(inForce.current()).ruleset();
    }

    private Definition flag(String key) {
        return Objects.requireNonNull(ruleset().flags().get(key));
    }

    @Test
    void has_nothing_in_force_at_first() {
        assertThat(inForce.current()).isNull();
    }

    @Test
    void puts_a_document_in_force() {
        Change first = acceptFlags(ON, OFF);
        assertThat(first.before()).isNull();
        assertThat(first.after()).isSameAs(inForce.current());
        assertThat(first.keys()).containsExactly("a", "b");
        Change second = acceptFlags(OFF, OFF);
        assertThat(second.before()).isSameAs(first.after());
        assertThat(second.after().ruleset().flags().keySet()).containsExactly("a", "b");
    }

    @Nested
    class AFlagThatIsInvalidNow {

        @Test
        void keeps_its_last_valid_definition_and_is_reported() {
            acceptFlags(ON, ON);
            Change change = acceptFlags(BAD, OFF);
            assertThat(flag("a"))
                    .isInstanceOfSatisfying(
                            Flag.class, flag -> assertThat(flag.status()).isEqualTo(Status.ON));
            assertThat(flag("b"))
                    .isInstanceOfSatisfying(
                            Flag.class, flag -> assertThat(flag.status()).isEqualTo(Status.OFF));
            assertThat(change.keys()).containsExactly("b");
            assertThat(change.problems()).extracting(Problem::pointer).containsExactly("/flags/a/status");
            acceptFlags(BAD, ON);
            assertThat(flag("a")).isInstanceOf(Flag.class);
        }

        @Test
        void is_invalid_where_it_never_was_valid() {
            acceptFlags(BAD, ON);
            assertThat(flag("a"))
                    .isEqualTo(new InvalidFlag(
                            "a",
                            KillSwitch.RELEASED,
                            "/flags/a/status: expected one of [off, on, percentage, targeted], found \"maybe\""));
            assertThat(acceptFlags(ON, ON).keys()).containsExactly("a");
        }

        @Test
        void is_killed_if_its_switch_says_so() {
            acceptFlags(ON, ON);
            Change change = acceptFlags(BAD_KILLED, ON);
            assertThat(flag("a")).isInstanceOfSatisfying(Flag.class, flag -> {
                assertThat(flag.status()).isEqualTo(Status.ON);
                assertThat(flag.killSwitch()).isEqualTo(new KillSwitch(true, "bad", null, null));
            });
            assertThat(change.keys()).containsExactly("a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    BAD,
                    "{'status': 'maybe', 'kill_switch': false}",
                    "{'status': 'on', 'kill_switch': 'no'}",
                    "5"
                })
        void is_never_revived_by_an_invalid_definition(String invalid) {
            acceptFlags(KILLED, ON);
            acceptFlags(invalid, ON);
            assertThat(flag("a").killSwitch()).isEqualTo(new KillSwitch(true, "r", null, null));
            acceptFlags(BAD_KILLED, ON);
            acceptFlags(invalid, ON);
            assertThat(flag("a").killSwitch().reason()).isEqualTo("bad");
            acceptFlags(ON, ON);
            assertThat(flag("a").killSwitch().engaged()).isFalse();
        }

        @Test
        void stays_killed_even_if_it_never_was_valid() {
            acceptFlags(BAD_KILLED, ON);
            acceptFlags(BAD, ON);
            assertThat(flag("a")).isInstanceOf(InvalidFlag.class);
            assertThat(flag("a").killSwitch().engaged()).isTrue();
        }

        @Test
        void is_forgotten_once_it_is_removed() {
            acceptFlags(KILLED, ON);
            accept("{'b': " + ON + "}");
            acceptFlags(BAD, ON);
            assertThat(flag("a")).isInstanceOf(InvalidFlag.class);
            assertThat(flag("a").killSwitch().engaged()).isFalse();
        }
    }

    @Nested
    class TheRootSwitch {

        private Change root(String killSwitch) {
            return accept(
                    "{'version': 1, 'kill_switch': " + killSwitch + ", 'flags': {'a': " + ON + ", 'b': " + ON + "}}");
        }

        private boolean isKilled() {
            KillSwitch killSwitch = ruleset().killSwitch();
            return killSwitch != null && killSwitch.engaged();
        }

        @Test
        void changes_every_key_when_it_moves() {
            acceptFlags(ON, ON);
            assertThat(root("true").keys()).containsExactly("a", "b");
            assertThat(root("{'engaged': true, 'reason': 'other'}").keys()).isEmpty();
            assertThat(root("false").keys()).containsExactly("a", "b");
        }

        @Test
        void changes_removed_and_added_keys_too() {
            acceptFlags(ON, ON);
            assertThat(accept("{'version': 1, 'kill_switch': true, 'flags': {'b': " + ON + ", 'c': " + ON + "}}")
                            .keys())
                    .containsExactly("a", "b", "c");
        }

        @ParameterizedTest
        @ValueSource(strings = {"'no'", "null", "{}", "{'engaged': false, 'reason': 5}"})
        void stays_as_it_was_where_it_cannot_be_read(String killSwitch) {
            root("true");
            assertThat(root(killSwitch).keys()).isEmpty();
            assertThat(isKilled()).isTrue();
            root("false");
            assertThat(root(killSwitch).keys()).isEmpty();
            assertThat(isKilled()).isFalse();
        }

        @Test
        void is_released_where_it_never_could_be_read() {
            root("5");
            assertThat(isKilled()).isFalse();
            root("5");
            assertThat(isKilled()).isFalse();
            assertThat(root("true").keys()).containsExactly("a", "b");
        }

        @Test
        void is_obeyed_where_only_its_reason_cannot_be_read() {
            acceptFlags(ON, ON);
            root("{'engaged': true, 'reason': 5}");
            assertThat(isKilled()).isTrue();
        }
    }

    @Nested
    class ChangedKeys {

        @Test
        void are_those_added_removed_and_changed() {
            accept("{'same': " + ON + ", 'changed': " + ON + ", 'removed': " + ON + "}");
            assertThat(accept("{'added': " + ON + ", 'changed': " + OFF + ", 'same': " + ON + "}")
                            .keys())
                    .containsExactly("added", "changed", "removed");
        }

        @Test
        void are_none_for_the_same_flags_written_otherwise() {
            accept("{'a': {'status': 'on', 'percentage': 1, 'targeted_users': ['x', 'y'], 'variants': {'on': {'p': 1,"
                    + " 'q': 2}, 'off': {}}}, 'b': {'status': 'off'}}");
            assertThat(accept(
                                    "{'version': 1, 'lineage': 'l', 'serial': 1, 'flags': {'b': {'status': 'off', 'kill_switch':"
                                            + " false}, 'a': {'percentage': 1.0, 'status': 'on', 'targeted_users': ['y', 'x'],"
                                            + " 'variants': {'off': {}, 'on': {'q': 2, 'p': 1}}, 'x-a': 1}}}")
                            .keys())
                    .isEmpty();
        }

        @Test
        void are_those_that_use_a_segment_that_has_changed() {
            String document =
                    "{'version': 1, 'flags': {'a': {'status': 'on', 'rules': [{'when': {'segment': 's'}, 'serve':"
                            + " 'off'}]}, 'b': " + ON
                            + "}, 'segments': {'s': {'attribute': 'x', 'op': 'in', 'value': %s}}}";
            accept(document.formatted("1"));
            assertThat(accept(document.formatted("2")).keys()).containsExactly("a");
        }
    }

    @Nested
    class ARevision {

        private static final String STORED =
                "{'version': 1, 'lineage': '%s', 'serial': %s, 'flags': {'a': " + ON + "}}";

        @ParameterizedTest
        @CsvSource({"l, 7", "l, 8", "other, 1"})
        void is_accepted_unless_it_is_older(String lineage, int serial) {
            accept(STORED.formatted("l", 7));
            accept(STORED.formatted(lineage, serial));
            assertThat(ruleset().serial()).isEqualTo(serial);
        }

        @Test
        void is_refused_if_it_is_an_older_one_of_the_same_lineage() {
            accept(STORED.formatted("l", 7));
            refuses(STORED.formatted("l", 6), "serial 6 is older than serial 7, which is in force");
        }

        @Test
        void is_refused_if_it_is_older_and_neither_has_a_lineage() {
            accept("{'version': 1, 'serial': 2, 'flags': {}}");
            refuses("{'version': 1, 'serial': 1, 'flags': {}}", "serial 1 is older than serial 2");
        }

        @Test
        void may_come_and_go() {
            accept(STORED.formatted("l", 7));
            accept("{'a': " + ON + "}");
            assertThat(ruleset().revision()).isNull();
            accept(STORED.formatted("l", 1));
        }

        @Test
        void counts_even_for_a_document_whose_flags_have_errors() {
            accept(STORED.formatted("l", 7));
            accept("{'version': 1, 'lineage': 'l', 'serial': 8, 'flags': {'a': " + BAD + "}}");
            refuses(STORED.formatted("l", 7), "older");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "<html></html>",
                "{'message': 'Forbidden'}",
                "{'version': 2, 'flags': {}}",
                "{'version': 1, 'lineage': 'l', 'flags': {}}",
                "{'version': 1, 'serial': '8', 'flags': {}}",
                "{'a': {'status': 'on'}, 'a': {'status': 'on'}}"
            })
    void keeps_what_is_in_force_when_it_refuses_a_document(String document) {
        refuses(document, "");
        acceptFlags(ON, KILLED);
        refuses(document, "");
        assertThat(flag("b").killSwitch().engaged()).isTrue();
    }

    @Test
    void says_why_it_refuses_a_document() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inForce.accept(utf8("{'version': 2, 'flags': {}}")))
                .withMessage("1:13: /version: expected 1, found 2")
                .withCauseInstanceOf(DocumentException.class);
    }

    @Nested
    class WithoutNews {

        private Change killAll() {
            return Objects.requireNonNull(inForce.killAll("no news"));
        }

        private boolean isKilled(String key) {
            return Objects.requireNonNull(inForce.current())
                    .evaluator()
                    .killed()
                    .containsKey(key);
        }

        @Test
        void kills_every_flag_and_says_why() {
            acceptFlags(ON, OFF);
            Change change = killAll();

            assertThat(change.keys()).containsExactly("a", "b");
            assertThat(isKilled("a")).isTrue();
            assertThat(ruleset().killSwitch()).isEqualTo(new KillSwitch(true, "no news", null, null));
        }

        @Test
        void has_everything_back_as_it_was() {
            acceptFlags(ON, KILLED);
            Snapshot before = inForce.current();
            killAll();
            Change change = Objects.requireNonNull(inForce.release());

            assertThat(change.keys()).containsExactly("a", "b");
            assertThat(inForce.current()).isSameAs(before);
            assertThat(inForce.release()).isNull();
        }

        @Test
        void has_what_the_next_document_says() {
            acceptFlags(ON, OFF);
            killAll();
            acceptFlags(ON, BAD);

            assertThat(isKilled("a")).isFalse();
            assertThat(flag("b")).isInstanceOf(Flag.class);
            assertThat(inForce.release()).isNull();
        }

        @Test
        void still_refuses_an_older_document() {
            accept("{'version': 1, 'serial': 7, 'flags': {'a': " + ON + "}}");
            killAll();
            refuses("{'version': 1, 'serial': 6, 'flags': {'a': " + ON + "}}", "older than serial 7");
            accept("{'version': 1, 'serial': 7, 'flags': {'a': " + ON + "}}");

            assertThat(isKilled("a")).isFalse();
        }

        @Test
        void changes_nothing_where_there_is_nothing_to_kill() {
            assertThat(inForce.killAll("no news")).isNull();
            assertThat(inForce.release()).isNull();
            accept("{'version': 1, 'kill_switch': true, 'flags': {'a': " + ON + "}}");
            assertThat(inForce.killAll("no news")).isNull();
            assertThat(inForce.release()).isNull();

            assertThat(isKilled("a")).isTrue();
        }
    }
}
