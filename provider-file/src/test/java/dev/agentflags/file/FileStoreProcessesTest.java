package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.document.ParsedDocument;
import dev.agentflags.model.Flag;
import dev.agentflags.model.Ruleset;
import dev.agentflags.model.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that write one file, and some that die of it. */
@Timeout(180)
class FileStoreProcessesTest {

    private static final int WRITERS = 4;
    private static final int CHANGES_EACH = 50;
    private static final int DEATHS = 30;

    /** How long a writer lives on at most; some ten changes take that long. */
    private static final int MOST_NANOS = 30_000_000;

    @TempDir
    Path directory;

    private Ruleset document() throws IOException, DocumentException {
        ParsedDocument document = DocumentReader.read(Files.readAllBytes(directory.resolve("flags.json")));
        return document.orThrow().ruleset();
    }

    @Test
    void lose_nothing_and_every_change_is_in_the_audit_trail_once() throws Exception {
        Path file = Files.writeString(directory.resolve("flags.json"), flagsOfAllWriters());
        List<WriterProcess> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(WriterProcess.start(file, "w" + i, "once"));
        }
        for (WriterProcess writer : writers) {
            writer.go();
        }
        for (WriterProcess writer : writers) {
            assertThat(writer.awaitEnd()).isZero();
        }

        List<AuditEntry> audit = FileStore.of(file).audit();
        assertThat(audit)
                .extracting(AuditEntry::serial)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, WRITERS * CHANGES_EACH)
                        .boxed()
                        .toList());
        for (int i = 0; i < WRITERS; i++) {
            String actor = "w" + i;
            assertThat(audit.stream().filter(entry -> entry.actor().equals(actor)))
                    .extracting(entry -> entry.operation() + " " + entry.flag() + " " + entry.reason())
                    .containsExactlyInAnyOrderElementsOf(changesOf(actor));
        }
        assertThat(document().serial()).isEqualTo(WRITERS * CHANGES_EACH);
        assertThat(document().flags().values()).allSatisfy(definition -> {
            boolean advanced = definition instanceof Flag flag && flag.status() == Status.ON;
            assertThat(definition.killSwitch().engaged() || advanced)
                    .as(definition.key())
                    .isTrue();
        });
    }

    private static String flagsOfAllWriters() {
        List<String> flags = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            for (int k = 0; k < 25; k++) {
                flags.add("\"w" + i + "-k" + k + "\": {\"status\": \"on\"}");
            }
            for (int a = 0; a < 5; a++) {
                flags.add("\"w" + i + "-a" + a + "\": {\"status\": \"off\"}");
            }
        }
        return "{\"version\": 1, \"flags\": {" + String.join(", ", flags) + "}}";
    }

    private static List<String> changesOf(String actor) {
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            changes.add("kill " + actor + "-k" + i + " kill " + i);
            changes.add("advance " + actor + "-a" + i / 5 + " advance " + i);
        }
        return changes;
    }

    @Test
    void leave_a_whole_document_and_a_true_audit_trail_when_they_are_killed() throws Exception {
        Path file = Files.writeString(
                directory.resolve("flags.json"),
                "{\"version\": 1, \"flags\": {\"f\": {\"status\": \"on\"}, \"g\": {\"status\": \"on\"}}}");
        FlagAdmin survivor = FileFlags.admin(file, "survivor");
        var moments = new Random(1);
        WriterProcess next = WriterProcess.start(file, "w", "forever");
        for (int death = 1; death <= DEATHS; death++) {
            try (WriterProcess writer = next) {
                writer.go();
                next = WriterProcess.start(file, "w", "forever");
                writer.awaitRounds(3);
                LockSupport.parkNanos(moments.nextInt(MOST_NANOS));
            }
            assertThat(document().flags()).containsOnlyKeys("f", "g");
            if (death % 2 == 1) {
                survivor.kill("g", "death " + death);
            } else {
                survivor.revive("g", "death " + death);
            }
            assertThat(carriedOut(survivor.audit()))
                    .containsExactlyElementsOf(LongStream.rangeClosed(
                                    1, Objects.requireNonNull(document().serial()))
                            .boxed()
                            .toList());
        }
        next.close();

        assertThat(survivor.audit()).extracting(AuditEntry::operation).doesNotContain("edit");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(3);
        }
    }

    /** Returns the serials of the entries that came true. */
    private static List<Long> carriedOut(List<AuditEntry> audit) {
        List<Long> serials = new ArrayList<>();
        for (AuditEntry entry : audit) {
            if (entry.serial() != null) {
                serials.add(entry.serial());
            } else if (entry.flag() != null) {
                serials.remove(serials.size() - 1); // abandoned; without a flag it would be a line that was cut short
            }
        }
        return serials;
    }
}
