package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Stored;
import dev.agentflags.model.FlagValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileStoreTest {

    private static final String OLD = "{\"f\": {\"status\": \"off\"}}\n";
    private static final String NEW = "{\"f\": {\"status\": \"on\"}}\n";
    private static final String NEWER = "{\"g\": {\"status\": \"on\"}}\n";

    @TempDir
    Path directory;

    private Path file;
    private Path auditFile;
    private FileStore store;

    @BeforeEach
    void writeADocument() throws IOException {
        file = Files.writeString(directory.resolve("flags.json"), OLD);
        auditFile = directory.resolve("flags.json.audit.jsonl");
        store = FileStore.of(file);
    }

    private static AuditEntry entry(String operation) {
        return new AuditEntry(
                Instant.parse("2026-11-22T12:00:00Z"), "alice", operation, "f", "because", null, null, null);
    }

    private static Stored replaced(FileStore store, String text, String operation) throws IOException {
        return Objects.requireNonNull(store.replace(store.load(), text, entry(operation)));
    }

    private List<String> operations() throws IOException {
        return store.audit().stream()
                .map(entry -> entry.operation() + " by " + entry.actor())
                .toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Nested
    class Documents {

        @Test
        void are_loaded_with_a_version_that_is_their_hash() throws IOException {
            assertThat(store.load())
                    .isEqualTo(new Stored(OLD, "a8758b524e0ae68250369a332da091724c42bc0920e739be01c652c2b9459c0c"));
        }

        @Test
        void are_replaced_and_have_another_version() throws IOException {
            Stored before = store.load();
            Stored after = store.replace(before, NEW, entry("put"));

            assertThat(after).isEqualTo(store.load()).isNotEqualTo(before);
            assertThat(Files.readString(file)).isEqualTo(NEW);
        }

        @Test
        void that_changed_meanwhile_are_not_replaced() throws IOException {
            Stored stale = store.load();
            replaced(store, NEW, "put");

            assertThat(store.replace(stale, NEWER, entry("put"))).isNull();
            assertThat(store.load().text()).isEqualTo(NEW);
            assertThat(operations()).containsExactly("put by alice");
        }

        @Test
        void that_were_edited_within_a_tick_are_not_replaced() throws IOException {
            Stored stale = store.load();
            Change.EDITED_WITHIN_A_TICK.make(file, NEW);

            assertThat(store.replace(stale, NEWER, entry("put"))).isNull();
        }

        @Test
        void lose_a_byte_order_mark() throws IOException {
            Files.writeString(file, "\uFEFF" + OLD);

            assertThat(store.load().text()).isEqualTo(OLD);
        }

        @Test
        void that_are_missing_say_what_to_do() throws IOException {
            Files.delete(file);

            assertThatThrownBy(store::load)
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(file + ": no such file; begin with one that contains {\"version\": 1, \"flags\": {}}");
        }

        @Test
        void that_are_something_else_are_refused_by_name() throws IOException {
            Files.write(file, new byte[] {'"', (byte) 0xFF, '"'});
            assertThatThrownBy(store::load).hasMessage(file + ": expected UTF-8, found something else");

            Files.delete(file);
            Files.createDirectory(file);
            assertThatThrownBy(store::load).hasMessage(file + ": expected a regular file, found something else");
        }

        @Test
        void keep_their_mode() throws IOException {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
            replaced(store, NEW, "put");

            for (String name : List.of("flags.json", "flags.json.audit.jsonl", ".flags.json.lock")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                        .as(name)
                        .isEqualTo("rw-rw-r--");
            }
        }

        @Test
        void keep_owner_and_group() throws IOException {
            var nobody = chowned("nobody", "nogroup");
            replaced(store, NEW, "put");

            assertThat(Files.getOwner(file)).isEqualTo(nobody);
            assertThat(Files.getOwner(auditFile)).isEqualTo(nobody);
            assertThat(Files.getAttribute(file, "posix:group")).hasToString("nogroup");
        }

        private UserPrincipal chowned(String user, String group) throws IOException {
            var lookup = file.getFileSystem().getUserPrincipalLookupService();
            try {
                UserPrincipal owner = lookup.lookupPrincipalByName(user);
                var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
                view.setGroup(lookup.lookupPrincipalByGroupName(group));
                view.setOwner(owner);
                return owner;
            } catch (IOException e) {
                assumeTrue(false, "only the super-user gives files away");
                throw e;
            }
        }

        @Test
        void are_replaced_behind_links_which_stay() throws IOException {
            Path link = directory.resolve("link.json");
            Files.createSymbolicLink(link, file);
            Path linkToLink = Files.createSymbolicLink(
                    Files.createDirectory(directory.resolve("d")).resolve("l.json"), Path.of("../link.json"));
            replaced(FileStore.of(linkToLink), NEW, "put");

            assertThat(linkToLink).isSymbolicLink();
            assertThat(link).isSymbolicLink();
            assertThat(file).isRegularFile().hasContent(NEW);
            assertThat(operations()).containsExactly("put by alice");
        }

        @Test
        void leave_nothing_beside_them_but_audit_trail_and_lock() throws IOException {
            Files.writeString(directory.resolve(".flags.json.new"), "left by a writer that died");
            replaced(store, NEW, "put");

            assertThat(names()).containsExactly(".flags.json.lock", "flags.json", "flags.json.audit.jsonl");
        }

        @Test
        void are_not_written_through_a_link_that_somebody_has_laid() throws IOException {
            Path victim = Files.writeString(directory.resolve("victim"), "precious");
            Files.createSymbolicLink(directory.resolve(".flags.json.new"), victim);
            replaced(store, NEW, "put");

            assertThat(victim).hasContent("precious");
            assertThat(file).isRegularFile().hasContent(NEW);
        }

        @Test
        void are_replaced_on_a_thread_that_is_being_stopped() throws IOException {
            Thread.currentThread().interrupt();
            try {
                replaced(store, NEW, "kill");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(file).hasContent(NEW);
            assertThat(operations()).containsExactly("kill by alice");
        }

        @Test
        void are_not_replaced_while_another_has_the_lock_for_too_long() throws Exception {
            var impatient = new FileStore(file, Duration.ofMillis(20));
            try (var other = StoreLock.acquire(file.toRealPath(), Duration.ZERO)) {
                var failure = new CompletableFuture<String>();
                var writer = new Thread(() -> {
                    try {
                        replaced(impatient, NEW, "put");
                        failure.complete("none");
                    } catch (IOException e) {
                        failure.complete(e.getMessage());
                    }
                });
                writer.start();
                assertThat(failure.get()).isEqualTo(file + ": somebody else has been writing it for 20 ms; try again");
                assertThat(other).isNotNull();
            }
            assertThat(file).hasContent(OLD);
        }

        @Test
        void are_not_lost_by_many_threads_with_a_store_each() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String flag = "f" + i;
                writers.add(threads.submit(() -> {
                    for (int n = 0; n < 10; n++) {
                        FlagAdmin admin = FileFlags.admin(file, flag);
                        while (!put(admin, flag, n)) {}
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            threads.shutdown();

            assertThat(store.audit()).hasSize(40).doesNotHaveDuplicates();
            assertThat(operations()).containsOnly("put by f0", "put by f1", "put by f2", "put by f3");
        }

        /** Returns whether nobody else was first. */
        private static boolean put(FlagAdmin admin, String flag, int n) throws AdminException {
            var definition = new FlagValue.Structure(
                    Map.of("status", new FlagValue.Text("percentage"), "percentage", new FlagValue.Whole(n)));
            try {
                return admin.put(flag, definition, "" + n, admin.document().version())
                        .changed();
            } catch (AdminException e) {
                if (e.kind() == AdminException.Kind.CONFLICT) {
                    return false;
                }
                throw e;
            }
        }

        @Test
        void are_not_replaced_where_no_file_can_be_made() throws IOException {
            Files.createDirectories(directory.resolve(".flags.json.new/in the way"));

            assertThatThrownBy(() -> replaced(store, NEW, "put")).hasMessageContaining(".flags.json.new: ");
            assertThat(file).hasContent(OLD);
            assertThat(operations()).isEmpty();
        }
    }

    @Nested
    class AuditTrail {

        @Test
        void is_empty_at_first() throws IOException {
            assertThat(store.audit()).isEmpty();
        }

        @Test
        void has_each_change_in_order_and_the_hashes_of_the_documents() throws IOException {
            Stored before = store.load();
            Stored after = replaced(store, NEW, "advance");
            replaced(store, NEWER, "kill");

            assertThat(store.audit()).containsExactly(entry("advance"), entry("kill"));
            assertThat(Files.readAllLines(auditFile).get(0))
                    .contains("\"document_before\":\"%s\",\"document\":\"%s\","
                            .formatted(before.version(), after.version()));
        }

        @Test
        void that_cannot_be_written_refuses_a_change() throws IOException {
            Files.createDirectory(auditFile);

            assertThatThrownBy(() -> replaced(store, NEW, "advance"))
                    .hasMessageContaining("flags.json.audit.jsonl")
                    .hasMessageContaining("nothing was changed");
            assertThat(file).hasContent(OLD);
            assertThat(names()).doesNotContain(".flags.json.new");
        }

        @Test
        void takes_no_entry_that_could_not_be_read_again() throws IOException {
            var endless =
                    new AuditEntry(entry("put").time(), "alice", "put", "f", "x".repeat(70_000), null, null, null);

            assertThatThrownBy(() -> store.replace(store.load(), NEW, endless))
                    .hasMessageContaining("could not be read back");
            assertThat(file).hasContent(OLD);
            assertThat(operations()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"kill", "kill-all"})
        void that_cannot_be_written_does_not_hold_up_a_kill(String kill) throws IOException {
            Files.createDirectory(auditFile);
            replaced(store, NEW, kill);

            assertThat(file).hasContent(NEW);
        }

        @Test
        void tells_afterwards_of_a_kill_that_could_not_be_written() throws IOException {
            replaced(store, NEWER, "put");
            Path away = Files.move(auditFile, directory.resolve("away"));
            Files.createDirectory(auditFile);
            replaced(store, NEW, "kill");
            Files.delete(auditFile);
            Files.move(away, auditFile);
            replaced(store, OLD, "revive");

            assertThat(operations()).containsExactly("put by alice", "edit by file", "revive by alice");
        }

        @Test
        void tells_of_an_edit_by_hand_before_the_next_change() throws IOException {
            replaced(store, NEW, "put");
            Files.writeString(file, NEWER);
            replaced(store, OLD, "put");
            replaced(store, NEW, "put");

            assertThat(operations()).containsExactly("put by alice", "edit by file", "put by alice", "put by alice");
            assertThat(store.audit().get(1).reason()).contains("without an entry");
        }

        @Test
        void tells_that_an_entry_was_not_carried_out() throws IOException {
            replaced(store, NEW, "advance");
            Files.writeString(file, OLD); // as if the writer had died before it replaced the document
            replaced(store, NEWER, "kill");

            assertThat(operations()).containsExactly("advance by alice", "abandoned by store", "kill by alice");
            assertThat(store.audit().get(1).flag()).isEqualTo("f");
        }

        @Test
        void is_repaired_once() throws IOException {
            replaced(store, NEW, "advance");
            Files.writeString(file, OLD);
            replaced(store, NEW, "advance");
            replaced(store, NEWER, "kill");

            assertThat(operations())
                    .containsExactly("advance by alice", "abandoned by store", "advance by alice", "kill by alice");
        }

        @Test
        void passes_over_a_last_line_that_was_cut_short() throws IOException {
            replaced(store, NEW, "advance");
            append("{\"time\":\"2026-11-22T12:00:00Z\",\"actor\":\"bob\",\"opera");

            assertThat(operations()).containsExactly("advance by alice");
        }

        @Test
        void goes_on_after_a_line_that_was_cut_short() throws IOException {
            replaced(store, NEW, "advance");
            append("{\"time\":\"2026-11-22T12:00:00Z\",\"actor\":\"bob\",\"opera");
            replaced(store, NEWER, "kill");
            append("{\"ti");
            replaced(store, OLD, "revive");

            assertThat(operations())
                    .containsExactly(
                            "advance by alice",
                            "abandoned by store",
                            "kill by alice",
                            "abandoned by store",
                            "revive by alice");
        }

        @Test
        void goes_on_after_a_repair_that_was_cut_short() throws IOException {
            replaced(store, NEW, "advance");
            append("{\"time\":\"2026-11-22T12:00:00Z\",\"actor\":\"bob\",\"opera");
            append("\n{\"time\":\"2026-11-22T12:00:00Z\",\"actor\":\"sto");
            replaced(store, NEWER, "kill");

            assertThat(operations()).containsExactly("advance by alice", "abandoned by store", "kill by alice");
        }

        @Test
        void goes_on_where_only_the_last_line_feed_is_missing() throws IOException {
            replaced(store, NEW, "advance");
            String whole = Files.readString(auditFile).stripTrailing();
            Files.writeString(auditFile, whole);
            assertThat(operations()).containsExactly("advance by alice");
            replaced(store, NEWER, "kill");

            assertThat(operations()).containsExactly("advance by alice", "kill by alice");
        }

        @Test
        void begins_with_a_line_that_was_cut_short() throws IOException {
            append("{\"ti");
            replaced(store, NEW, "advance");

            assertThat(operations()).containsExactly("abandoned by store", "advance by alice");
        }

        @Test
        void names_any_other_line_that_is_no_entry() throws IOException {
            replaced(store, NEW, "advance");
            append("{\"time\": \"yesterday\"}\n");
            replaced(store, NEWER, "kill");

            assertThatThrownBy(store::audit)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageStartingWith(auditFile.toRealPath() + ":2: expected an audit entry: ");
        }

        @Test
        void is_looked_at_from_its_end_however_long_it_is() throws IOException {
            String filler = new AuditLine(entry("put"), "a", "b", false, null).toJson() + "\n";
            append(filler.repeat(1000));
            replaced(store, NEW, "put");
            var torn = new AuditEntry(entry("put").time(), "bob", "put", "f", "x".repeat(50_000), null, null, null);
            append(torn.toJson().substring(0, 50_000));
            replaced(store, NEWER, "kill");

            assertThat(operations())
                    .hasSize(1000 + 4)
                    .endsWith("edit by file", "put by alice", "abandoned by store", "kill by alice");
        }

        private void append(String text) throws IOException {
            Files.write(
                    auditFile,
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
