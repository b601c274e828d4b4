package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("25 AuditChain")
class AuditChainTest {

    @TempDir
    Path directory;

    private Path file;
    private Path trail;
    private FileStore store;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("flags.json"), "{\"a\": {\"status\": \"off\"}}");
        trail = directory.resolve("flags.json.audit.jsonl");
        store = FileStore.of(file);
        for (int i = 1; i <= 5; i++) {
            change(i);
        }
    }

    private void change(int number) throws IOException {
        Stored before = store.load();
        assertThat(store.replace(
                        before,
                        "{\"a\": {\"status\": \"off\", \"percentage\": " + number + "}}",
                        entry("put " + number)))
                .isNotNull();
    }

    private static AuditEntry entry(String reason) {
        return new AuditEntry(Instant.parse("2026-11-22T12:00:00Z"), "alice", "put", "a", reason, null, null, null);
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(trail));
    }

    private AuditCheck check(List<String> lines) throws IOException {
        Files.writeString(trail, String.join("\n", lines) + "\n");
        return store.checkAudit();
    }

    @Test
    void is_whole_where_nobody_has_touched_it() throws IOException {
        assertThat(store.checkAudit()).isEqualTo(new AuditCheck(5, 5, null));
    }

    @Test
    void goes_on_with_what_changed_nothing_and_over_repairs() throws IOException {
        store.record(entry("refused"));
        Files.writeString(file, "{\"a\": {\"status\": \"on\"}}");
        change(6);
        Files.writeString(trail, Files.readString(trail) + "{\"torn");
        change(7);
        Files.writeString(trail, Files.readString(trail) + "{\"torn\n{\"too");
        store.record(entry("refused"));

        assertThat(store.checkAudit().problem()).isNull();
        assertThat(store.audit()).extracting(AuditEntry::operation).contains("edit", "abandoned");
    }

    @Nested
    class Shows {

        private void broken(List<String> lines, int line) throws IOException {
            AuditCheck check = check(lines);
            assertThat(check.isSound()).isFalse();
            assertThat(check.problem()).startsWith("line " + line + " ");
        }

        @Test
        void a_line_that_was_edited() throws IOException {
            List<String> lines = lines();
            lines.set(2, lines.get(2).replace("alice", "bob"));
            broken(lines, 4);
        }

        @Test
        void a_line_that_was_removed() throws IOException {
            List<String> lines = lines();
            lines.remove(2);
            broken(lines, 3);
        }

        @Test
        void the_first_line_that_was_removed() throws IOException {
            broken(lines().subList(1, 5), 1);
        }

        @Test
        void lines_that_were_moved() throws IOException {
            List<String> lines = lines();
            Collections.swap(lines, 2, 3);
            broken(lines, 3);
        }

        @Test
        void a_line_that_was_added() throws IOException {
            List<String> lines = lines();
            lines.add(3, lines.get(1));
            broken(lines, 4);
        }

        @Test
        void a_line_that_was_added_without_a_link() throws IOException {
            List<String> lines = lines();
            lines.add(entry("forged").toJson());
            broken(lines, 6);
        }

        @Test
        void a_link_that_was_taken_away() throws IOException {
            List<String> lines = lines();
            lines.set(4, lines.get(4).replaceAll(",\"previous\":\"[0-9a-f]*\"", ""));
            broken(lines, 5);
        }
    }

    @Test
    void begins_where_it_begins() throws IOException {
        List<String> lines = lines();
        lines.replaceAll(line -> line.replaceAll(",\"previous\":\"[0-9a-f]*\"", ""));
        assertThat(check(lines)).isEqualTo(new AuditCheck(5, 0, null));
        change(6);
        change(7);
        assertThat(store.checkAudit()).isEqualTo(new AuditCheck(7, 2, null));

        lines = lines();
        lines.set(4, lines.get(4).replace("alice", "bob"));
        assertThat(check(lines).problem()).as("the last of the old lines").startsWith("line 6 ");
    }

    @Test
    void is_whole_where_there_is_none() throws IOException {
        Files.delete(trail);

        assertThat(store.checkAudit()).isEqualTo(new AuditCheck(0, 0, null));
    }
}
