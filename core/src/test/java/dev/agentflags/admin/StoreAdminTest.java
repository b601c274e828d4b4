package dev.agentflags.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Revision;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreAdminTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final String MINIMAL = """
            {'f': {'status': 'percentage', 'percentage': 5, 'x-note': 'mine'}, 'g': {'status': 'on'}}""";

    private static final String FULL = """
            {'version': 1, 'lineage': 'l', 'serial': 41, 'x-note': 'ours', 'flags':
              {'f': {'status': 'percentage', 'percentage': 5,
                     'rollout': {'stages': [2, 5, 50, 100], 'stage_since': '2026-01-01T00:00:00Z'}},
               'g': {'status': 'on'}}}""";
    private static final String GUARDED =
            FULL.replace("'g': {'status': 'on'}", "'g': {'status': 'percentage', 'percentage': 5, 'guard': {}}");

    private static StoreAdmin admin(MemoryStore store) {
        return new StoreAdmin(store, "ann", CLOCK);
    }

    private static String json(FlagAdmin admin) throws AdminException {
        return admin.document()
                .text()
                .replaceAll("\\s+", " ")
                .replace("{ ", "{")
                .replace(" }", "}")
                .strip()
                .replace('"', '\'');
    }

    private static FlagValue value(String json) {
        try {
            return JsonText.read(json.replace('\'', '"'));
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void assertRefused(
            Kind kind, String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(message);
    }

    /** Somebody who is first, so many times in a row. */
    private static final class Others {

        private final MemoryStore store;
        private int left;

        Others(MemoryStore store, int times) {
            this.store = store;
            this.left = times;
            store.overtaken = this::edit;
        }

        private void edit() {
            left--;
            store.edit("41", "41");
            store.overtaken = left > 0 ? this::edit : null;
        }
    }

    @Test
    void gives_up_where_somebody_else_is_always_first() {
        var store = new MemoryStore(FULL);
        new Others(store, 2_500);

        assertRefused(
                Kind.UNAVAILABLE,
                "somebody else was first",
                () -> admin(store).apply(new Operation.RollBack("f", "r"), null));
        assertThat(store.audit()).isEmpty();
    }

    @Nested
    class Kill {

        @Test
        void engages_the_switch_and_leaves_everything_else_alone() throws AdminException {
            var admin = admin(new MemoryStore(MINIMAL));

            assertThat(admin.kill("f", "bad answers").changed()).isTrue();
            assertThat(json(admin))
                    .isEqualTo("{'f': {'status': 'percentage', 'percentage': 5, 'x-note': 'mine', 'kill_switch':"
                            + " {'engaged': true, 'reason': 'bad answers', 'by': 'ann', 'at': '2026-11-22T12:00:00Z'}},"
                            + " 'g': {'status': 'on'}}");
        }

        @Test
        void counts_the_serial_up() throws AdminException {
            var admin = admin(new MemoryStore(FULL));

            assertThat(admin.kill("f", "r").serial()).isEqualTo(42);
            assertThat(json(admin)).contains("'lineage': 'l', 'serial': 42");
        }

        @Test
        void again_changes_nothing() throws AdminException {
            var store = new MemoryStore(FULL);
            admin(store).kill("f", "first");
            String once = json(admin(store));

            assertThat(admin(store).kill("f", "second").changed()).isFalse();
            assertThat(json(admin(store))).isEqualTo(once);
            assertThat(store.audit()).hasSize(1);
        }

        @Test
        void gets_through_when_somebody_else_is_first() throws AdminException {
            var store = new MemoryStore(FULL);
            store.overtaken = () -> store.edit("'percentage': 5", "'percentage': 7");

            admin(store).kill("f", "r");

            assertThat(json(admin(store))).contains("'percentage': 7").contains("'engaged': true");
        }

        @Test
        void gets_through_however_often_somebody_else_is_first() throws AdminException {
            var store = new MemoryStore(FULL);
            var others = new Others(store, 2_500);

            assertThat(admin(store).kill("f", "r").changed()).isTrue();
            assertThat(others.left).isZero();
        }

        @Test
        void gets_through_whatever_version_is_expected() throws AdminException {
            var admin = admin(new MemoryStore(FULL));

            assertThat(admin.apply(new Operation.Kill("f", "r"), "older").changed())
                    .isTrue();
        }

        @Test
        void gets_through_beside_a_flag_with_errors_and_for_that_flag_itself() throws AdminException {
            var admin = admin(new MemoryStore("{'f': {'status': 'on'}, 'broken': {'status': 'perhaps', 'odd': 1}}"));

            assertThat(admin.kill("f", "r").changed()).isTrue();
            assertThat(admin.kill("broken", "r").changed()).isTrue();
            assertThat(admin.killAll("r").changed()).isTrue();
        }

        @Test
        void gets_through_where_there_is_no_definition_that_could_be_read() throws AdminException {
            var admin = admin(new MemoryStore("{'f': null, 'g': {'status': 'on'}}"));

            assertThat(admin.kill("f", "r").changed()).isTrue();
            assertThat(json(admin)).contains("'f': {'kill_switch': {'engaged': true");
            assertThat(admin.kill("f", "r").changed()).isFalse();
        }

        @Test
        void gets_through_with_any_reason() throws AdminException {
            var admin = admin(new MemoryStore(FULL));

            admin.kill("f", "stack trace ".repeat(100_000));
            admin.kill("g", "cut in half: " + "🤖".charAt(0));
            assertThat(admin.audit().get(0).reason())
                    .hasSizeLessThan(3_000)
                    .startsWith("stack trace")
                    .endsWith("…");
            assertThat(admin.audit().get(1).reason()).isEqualTo("cut in half: ?");
        }

        @Test
        void gets_through_when_the_serials_are_used_up() throws AdminException {
            var admin = admin(new MemoryStore(FULL.replace("41", "" + Long.MAX_VALUE)));

            assertThat(admin.kill("f", "r").serial()).isEqualTo(1);
            assertThat(json(admin)).doesNotContain("'lineage': 'l'");
        }

        @Test
        void of_all_wraps_the_minimal_form() throws AdminException {
            var admin = admin(new MemoryStore(MINIMAL));
            Outcome outcome = admin.killAll("incident");

            assertThat(outcome.serial()).isEqualTo(1);
            assertThat(json(admin))
                    .startsWith("{'version': 1, 'kill_switch': {'engaged': true, 'reason': 'incident'")
                    .contains("'flags': {'f': {'status': 'percentage', 'percentage': 5, 'x-note': 'mine'}");
            assertThat(admin.killAll("again").changed()).isFalse();
        }

        @Test
        void of_an_unknown_flag_says_which_there_are() {
            assertRefused(
                    Kind.NO_SUCH_FLAG,
                    "no flag has the key \"h\"; there are [f, g]",
                    () -> admin(new MemoryStore(FULL)).kill("h", "r"));
        }
    }

    @Nested
    class Revive {

        @Test
        void releases_the_switch_once() throws AdminException {
            var admin = admin(new MemoryStore(FULL));
            admin.kill("f", "r");

            assertThat(admin.revive("f", "fixed").changed()).isTrue();
            assertThat(json(admin)).contains("'kill_switch': false");
            assertThat(admin.revive("f", "fixed").changed()).isFalse();
        }

        @Test
        void of_all_leaves_those_killed_that_were_killed_one_by_one() throws AdminException {
            var admin = admin(new MemoryStore(FULL));
            admin.kill("f", "r");
            admin.killAll("r");
            assertThat(admin.revive("g", "r").changed()).isFalse();
            assertThat(admin.revive("f", "r").summary()).contains("stays killed while all flags are");
            admin.kill("f", "r");
            admin.reviveAll("r");

            assertThat(json(admin)).contains("'engaged': true").contains("'kill_switch': false");
            assertThat(admin.reviveAll("r").changed()).isFalse();
        }
    }

    @Nested
    class Stages_of_a_rollout {

        @ParameterizedTest(name = "from {0}: up to {1}, down to {2}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'status': 'off'                              | 1    | none",
                    "'status': 'off', 'percentage': 50            | 1    | none",
                    "'status': 'targeted'                         | 1    | none",
                    "'status': 'percentage'                       | 1    | none",
                    "'status': 'percentage', 'percentage': 1      | 5    | 0",
                    "'status': 'percentage', 'percentage': 3      | 5    | 1",
                    "'status': 'percentage', 'percentage': 5      | 25   | 1",
                    "'status': 'percentage', 'percentage': 50     | 100  | 25",
                    "'status': 'percentage', 'percentage': 100    | none | 50",
                    "'status': 'on'                               | none | 50",
                    "'status': 'percentage', 'percentage': 5, 'rollout': {'stages': [0.5, 7.5]} | 7.5  | 0.5",
                    "'status': 'percentage', 'percentage': 80, 'rollout': {'stages': [0.5, 7.5]} | none | 7.5"
                })
        void go_up_and_down(String flag, String up, String down) throws AdminException {
            var higher = admin(new MemoryStore("{'f': {" + flag + "}}"));
            var lower = admin(new MemoryStore("{'f': {" + flag + "}}"));

            if (up.equals("none")) {
                assertRefused(Kind.REFUSED, "the last stage", () -> higher.advance("f", "r"));
            } else {
                higher.advance("f", "r");
                assertThat(json(higher))
                        .contains("'percentage': " + up)
                        .contains(up.equals("100") ? "'status': 'on'" : "'status': 'percentage'");
            }
            if (down.equals("none")) {
                assertRefused(Kind.REFUSED, "at 0 %", () -> lower.rollBack("f", "r"));
            } else {
                lower.rollBack("f", "r");
                assertThat(json(lower)).contains("'percentage': " + down).contains("'status': 'percentage'");
            }
        }

        @Test
        void begin_now() throws AdminException {
            var admin = admin(new MemoryStore(FULL));
            admin.advance("f", "r");

            assertThat(json(admin)).contains("'stages': [2, 5, 50, 100], 'stage_since': '2026-11-22T12:00:00Z'");
        }

        @Test
        void are_held_by_a_pause_until_somebody_advances_it() throws AdminException {
            var admin = admin(new MemoryStore(GUARDED));
            Outcome paused = admin.pause("g", "slow");
            assertThat(paused.summary()).isEqualTo("\"g\" is paused at 5 % until a person advances it");
            assertThat(json(admin))
                    .contains("'rollout': {'paused': {'reason': 'slow', 'by': 'ann', 'at': '2026-11-22T12:00:00Z'}}");
            assertThat(admin.pause("g", "still slow").changed()).isFalse();
            admin.rollBack("g", "slow");
            assertThat(json(admin)).contains("'percentage': 1", "'paused': {'reason': 'slow'");

            admin.advance("g", "fast again");
            assertThat(json(admin)).contains("'percentage': 5", "'stage_since'").doesNotContain("paused");
        }

        @Test
        void stay_held_by_a_pause_when_the_flag_is_killed_and_revived() throws AdminException {
            var admin = admin(new MemoryStore(GUARDED));
            admin.kill("g", "r");
            admin.pause("g", "r");
            admin.revive("g", "r");

            assertThat(json(admin)).contains("'paused'");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'status': 'percentage', 'percentage': 5     | has no guard",
                    "'status': 'on', 'guard': {}                 | is at 100 %: no rollout is under way",
                    "'status': 'off', 'guard': {}                | is at 0 %: no rollout is under way",
                    "'status': 'percentage', 'percentage': 7, 'rollout': {'stages': [7]}, 'guard': {} | is at 7 %: no rollout"
                })
        void are_not_held_where_nothing_moves_by_itself(String flag, String why) {
            var admin = admin(new MemoryStore("{'f': {" + flag + "}}"));

            assertRefused(Kind.REFUSED, why, () -> admin.pause("f", "r"));
        }

        @Test
        void are_not_left_while_the_flag_is_killed() throws AdminException {
            var admin = admin(new MemoryStore(FULL));
            admin.kill("f", "r");
            assertRefused(Kind.REFUSED, "\"f\" is killed; revive it first", () -> admin.advance("f", "r"));
            assertRefused(Kind.REFUSED, "is killed", () -> admin.rollBack("f", "r"));
            admin.revive("f", "r");
            admin.killAll("r");
            assertRefused(Kind.REFUSED, "as all flags are", () -> admin.advance("f", "r"));
        }

        @Test
        void are_not_touched_in_a_document_with_problems() {
            assertRefused(
                    Kind.INVALID,
                    "/g/staus: expected a known field",
                    () -> admin(new MemoryStore("{'f': {'status': 'on'}, 'g': {'status': 'on', 'staus': 'off'}}"))
                            .rollBack("f", "r"));
            assertRefused(
                    Kind.INVALID,
                    "/g/status: expected one of",
                    () -> admin(new MemoryStore("{'f': {'status': 'on'}, 'g': {'status': 'perhaps'}}"))
                            .rollBack("g", "r"));
        }
    }

    @Nested
    class Definitions_of_flags {

        @Test
        void are_added_and_replaced_where_they_stand() throws AdminException {
            var admin = admin(new MemoryStore(MINIMAL));
            String version = admin.document().version();
            version = admin.put("f", value("{'status': 'off'}"), "r", version).version();
            admin.put("h", value("{'status': 'on'}"), "r", version);

            assertThat(json(admin)).isEqualTo("{'f': {'status': 'off'}, 'g': {'status': 'on'}, 'h': {'status': 'on'}}");
        }

        @Test
        void are_compared_with_the_version_that_they_were_made_for() throws AdminException {
            var admin = admin(new MemoryStore(MINIMAL));
            String version = admin.document().version();
            admin.kill("g", "r");

            assertRefused(
                    Kind.CONFLICT, "look at it again", () -> admin.put("f", value("{'status': 'off'}"), "r", version));
            assertRefused(Kind.CONFLICT, "look at it again", () -> admin.remove("f", "r", version));
        }

        @Test
        void lose_to_a_writer_who_was_first() throws AdminException {
            var store = new MemoryStore(MINIMAL);
            String version = admin(store).document().version();
            store.overtaken = () -> store.edit("'percentage': 5", "'percentage': 7");

            assertRefused(
                    Kind.CONFLICT,
                    "look at it again",
                    () -> admin(store).put("f", value("{'status': 'off'}"), "r", version));
        }

        @Test
        void with_problems_are_refused_as_a_whole() throws AdminException {
            var admin = admin(new MemoryStore(MINIMAL));
            String version = admin.document().version();
            String before = json(admin);

            assertRefused(
                    Kind.INVALID,
                    "/f/percentage: expected a number from 0 to 100, found 101",
                    () -> admin.put("f", value("{'status': 'percentage', 'percentage': 101}"), "r", version));
            assertRefused(
                    Kind.INVALID,
                    "expected a known field",
                    () -> admin.put("f", value("{'status': 'on', 'percentge': 5}"), "r", version));
            assertRefused(
                    Kind.INVALID, "expected a key", () -> admin.put("a b", value("{'status': 'on'}"), "r", version));
            assertThat(json(admin)).isEqualTo(before);
        }

        @Test
        void do_not_take_a_kill_back() throws AdminException {
            var admin = admin(new MemoryStore(MINIMAL));
            String version = admin.kill("f", "r").version();

            assertRefused(
                    Kind.REFUSED, "revive it first", () -> admin.put("f", value("{'status': 'on'}"), "r", version));
            assertRefused(Kind.REFUSED, "revive it first", () -> admin.remove("f", "r", version));
            assertThat(admin.put("f", value("{'status': 'on', 'kill_switch': true}"), "r", version)
                            .changed())
                    .isTrue();
        }

        @Test
        void are_not_removed_while_others_require_them() {
            var admin = admin(new MemoryStore("{'f': {'status': 'on'}, 'g': {'status': 'on', 'requires': ['f']}}"));

            assertRefused(
                    Kind.INVALID,
                    "/g/requires/0",
                    () -> admin.remove("f", "r", admin.document().version()));
        }

        @Test
        void that_are_there_already_change_nothing() throws AdminException {
            var store = new MemoryStore("{'f': {'status': 'on'}}");

            assertThat(admin(store)
                            .put("f", value("{'status': 'on'}"), "r", "v0")
                            .changed())
                    .isFalse();
            assertThat(store.audit()).isEmpty();
        }
    }

    @Nested
    class Audit {

        @Test
        void has_an_entry_for_each_change_with_what_was_different() throws AdminException {
            var admin = admin(new MemoryStore(FULL));
            admin.advance("f", "looks good");
            admin.killAll("incident");
            admin.remove("g", "unused", admin.reviveAll("over").version());

            assertThat(admin.audit())
                    .startsWith(new AuditEntry(NOW, "ann", "advance", "f", "looks good", value("""
                                    {'percentage': 5,
                                     'rollout': {'stages': [2, 5, 50, 100], 'stage_since': '2026-01-01T00:00:00Z'}}"""), value("""
                                    {'percentage': 50,
                                     'rollout': {'stages': [2, 5, 50, 100], 'stage_since': '2026-11-22T12:00:00Z'}}"""), 42L))
                    .extracting(AuditEntry::operation)
                    .containsExactly("advance", "kill-all", "revive-all", "remove");
            assertThat(admin.audit().get(3).before()).isEqualTo(value("{'status': 'on'}"));
            assertThat(admin.audit().get(3).after()).isNull();
        }

        @Test
        void is_read_as_it_was_written() throws Exception {
            var admin = admin(new MemoryStore(FULL));
            admin.kill("f", "\"quoted\"\nlines \u0007 and 日本語");
            admin.killAll("r");

            for (AuditEntry entry : admin.audit()) {
                assertThat(entry.toJson()).doesNotContain("\n");
                assertThat(AuditEntry.fromJson(entry.toJson())).isEqualTo(entry);
            }
        }
    }

    @Test
    void says_when_the_store_is_away() {
        var store = new MemoryStore(FULL);
        store.broken = true;

        assertRefused(Kind.UNAVAILABLE, "the disk is gone", () -> admin(store).kill("f", "r"));
        assertRefused(Kind.UNAVAILABLE, "the disk is gone", () -> admin(store).document());
    }

    @Test
    void refuses_to_change_what_is_not_a_document() {
        assertRefused(
                Kind.INVALID,
                "mended first",
                () -> admin(new MemoryStore("{'f': ")).kill("f", "r"));
    }

    @Test
    void loses_no_change_of_many_writers() throws Exception {
        var store = new MemoryStore(FULL);
        var start = new CountDownLatch(1);
        List<Thread> writers = List.of(writer(store, start), writer(store, start), writer(store, start));
        writers.forEach(Thread::start);
        start.countDown();
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(store.audit()).hasSize(3 * 2 * 20);
        assertThat(store.audit().stream().map(AuditEntry::serial))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    /** Adds and removes twenty flags of its own. */
    private static Thread writer(MemoryStore store, CountDownLatch start) {
        return new Thread(() -> {
            try {
                start.await();
                for (int i = 0; i < 20; i++) {
                    String key = Thread.currentThread().getName() + i;
                    admin(store).apply(new Operation.Put(key, value("{'status': 'on'}"), "r"), null);
                    admin(store).apply(new Operation.Remove(key, "r"), null);
                }
            } catch (AdminException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Nested
    class Adopt {

        private String adopted(String json, @Nullable Revision after) throws AdminException {
            var store = new MemoryStore(json);
            admin(store).apply(new Operation.Adopt(after, "r"), null);
            return admin(store).document().text();
        }

        @Test
        void wraps_the_minimal_form_and_leaves_its_flags_as_they_are_written() throws Exception {
            String text = adopted("{ 'f':   {'status':'off'} }", null);

            assertThat(text).contains("\"f\":   {\"status\":\"off\"}");
            assertThat(revision(text).serial()).isEqualTo(1);
            assertThat(revision(text).lineage()).hasSize(36);
        }

        @Test
        void goes_on_from_a_revision() throws Exception {
            for (String json :
                    List.of("{'f': {'status': 'off'}}", "{'version': 1, 'flags': {'f': {'status': 'off'}}}")) {
                assertThat(revision(adopted(json, new Revision("l", 41)))).isEqualTo(new Revision("l", 42));
            }
        }

        @Test
        void gives_a_serial_a_lineage() throws Exception {
            assertThat(revision(adopted("{'version': 1, 'serial': 7, 'flags': {}}", null))
                            .serial())
                    .isEqualTo(8);
        }

        @Test
        void changes_nothing_where_there_are_both() throws AdminException {
            var store = new MemoryStore("{'version': 1, 'lineage': 'l', 'serial': 7, 'flags': {}}");

            assertThat(admin(store)
                            .apply(new Operation.Adopt(new Revision("m", 9), "r"), null)
                            .changed())
                    .isFalse();
            assertThat(store.audit()).isEmpty();
        }

        private Revision revision(String text) throws DocumentException {
            return Objects.requireNonNull(DocumentReader.read(text).ruleset().revision());
        }
    }

    @Test
    void knows_every_kind_of_operation() throws AdminException {
        for (Class<?> kind : Operation.class.getPermittedSubclasses()) {
            assertThat(OPERATIONS).as("an example of %s", kind).anyMatch(kind::isInstance);
        }
        for (Operation operation : OPERATIONS) {
            admin(new MemoryStore(GUARDED)).apply(operation, null);
        }
    }

    private static final List<Operation> OPERATIONS = List.of(
            new Operation.Kill("f", "r"),
            new Operation.KillAll("r"),
            new Operation.Revive("f", "r"),
            new Operation.ReviveAll("r"),
            new Operation.Advance("f", "r"),
            new Operation.RollBack("f", "r"),
            new Operation.Pause("g", "r"),
            new Operation.Put("f", value("{'status': 'off'}"), "r"),
            new Operation.Remove("f", "r"),
            new Operation.Adopt(null, "r"));
}
