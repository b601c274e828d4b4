package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.file.FileStore;
import dev.agentflags.server.store.FileFlagStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills {@code agentflags serve} with -9; {@code -Dagentflags.crash.rounds=100} does it a hundred times. */
class CrashTest {

    private static final int ROUNDS = Integer.getInteger("agentflags.crash.rounds", 3);
    private static final int WRITERS = 2;

    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "26 S6 leaves a document that can be loaded, and a true audit trail, wherever it is killed in the middle of writes")
    void leaves_everything_whole() throws Exception {
        Path file = directory.resolve("flags.json");
        Files.writeString(file, TestServer.FLAGS);
        var random = new Random(42);
        var answered = new AtomicLong(7);
        for (int round = 0; round < ROUNDS; round++) {
            Process process = serve(file);
            URI uri = uri(process);
            List<Thread> writers = writers(uri, answered);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30 + random.nextInt(400)));
            process.destroyForcibly().waitFor();
            for (Thread writer : writers) {
                writer.join();
            }
            check(file, answered.get());
        }
        // whoever writes next tells of what was not carried out
        try (var server = TestServer.start(FileFlagStore.of(file), options -> {})) {
            assertThat(server.put("last", "{\"status\": \"on\"}").statusCode()).isEqualTo(200);
        }
        check(file, answered.get());
        assertThat(FileStore.of(file).audit())
                .extracting(AuditEntry::operation)
                .as("nothing happened that the trail does not know of")
                .doesNotContain("edit");
    }

    private static Process serve(Path file) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        "dev.agentflags.cli.Main",
                        "serve",
                        "--port",
                        "0",
                        "--store",
                        "file:" + file)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static URI uri(Process process) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).startsWith("serving file:");
        return URI.create(line.replaceAll(".*(http://[^,]*),.*", "$1"));
    }

    private static List<Thread> writers(URI uri, AtomicLong answered) {
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            String key = "w" + w;
            var thread = new Thread(() -> write(uri, key, answered), "test-writer-" + w);
            thread.start();
            writers.add(thread);
        }
        return writers;
    }

    /** Writes until the server is gone. */
    private static void write(URI uri, String key, AtomicLong answered) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            for (int i = 0; ; i++) {
                String body = "{\"reason\": \"r\", \"flag\": {\"status\": \"%s\", \"description\": \"%d\"}}"
                        .formatted(i % 2 == 0 ? "on" : "off", System.nanoTime());
                String answer = client.send(
                                HttpRequest.newBuilder(uri.resolve("/admin/v1/flags/" + key))
                                        .header("Content-Type", "application/json")
                                        .header("If-Match", "*")
                                        .PUT(BodyPublishers.ofString(body))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
                long serial = Long.parseLong(answer.replaceAll(".*\"serial\":(\\d+).*", "$1"));
                answered.accumulateAndGet(serial, Math::max);
            }
        } catch (IOException e) {
            // it is gone
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(Path file, long answered) throws Exception {
        FileStore store = FileStore.of(file);
        Stored stored = store.load();
        long serial = Objects.requireNonNull(
                DocumentReader.read(stored.text()).ruleset().serial());
        List<AuditEntry> audit = store.audit();

        assertThat(store.checkAudit().problem()).isNull();
        assertThat(serial).as("what was answered was durable").isGreaterThanOrEqualTo(answered);
        long last = audit.stream()
                .filter(entry -> entry.serial() != null)
                .reduce((first, second) -> second)
                .map(AuditEntry::serial)
                .orElse(7L);
        assertThat(last).as("one line ahead at most").isBetween(serial, serial + 1);
        List<Long> carriedOut = carriedOut(audit, serial);
        assertThat(carriedOut).doesNotHaveDuplicates().isSorted().hasSize((int) (serial - 7));
    }

    private static List<Long> carriedOut(List<AuditEntry> audit, long serial) {
        List<Long> serials = new ArrayList<>();
        for (AuditEntry entry : audit) {
            if (entry.operation().equals("abandoned")) {
                // a line that was cut short was never in this list
                if (entry.reason().startsWith("the entry above")) {
                    serials.remove(serials.size() - 1);
                }
            } else if (entry.serial() != null && entry.serial() <= serial) {
                serials.add(entry.serial());
            }
        }
        return serials;
    }
}
