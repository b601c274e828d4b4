package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.file.FileStore;
import dev.agentflags.openfeature.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTroubleTest {

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // each test starts its own
    TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private static String serial(int serial) {
        return TestServer.FLAGS.replace("\"serial\": 7", "\"serial\": " + serial);
    }

    @Nested
    class Store {

        final MemoryFlagStore store = new MemoryFlagStore(TestServer.FLAGS);

        @BeforeEach
        void start() {
            server = TestServer.start(store, options -> options.heartbeat(Duration.ofMillis(10)));
        }

        @Test
        @DisplayName("S3 that has replicas says how many have a change")
        void that_has_replicas() {
            store.replicas = 2L;
            assertThat(server.activate("a").body()).contains("\"replicated\":2");
            assertThat(server.activate("a").body()).contains("\"changed\":false", "\"replicated\":null");
            assertThat(server.deactivate("a").body()).contains("\"replicated\":2");
        }

        @Test
        @DisplayName("S1 that is down stops no reader, and no stream, but every writer and heartbeat")
        void that_is_down() {
            var stream = server.stream();
            stream.await(lines -> lines.contains(": hb"));
            store.broken = "gone";
            store.listener().fail("memory: gone");
            HttpResponse<String> kill = server.activate("a");
            var late = server.stream();

            assertThat(server.get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
            assertThat(kill.statusCode()).isEqualTo(503);
            assertThat(kill.body()).contains("\"kind\":\"UNAVAILABLE\"");
            assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(server.get("/healthz").body()).contains("\"degraded\"", "does not answer");
            assertThat(server.get("/metrics").body()).contains("agentflags_store_up 0.0");
            assertThat(late.lines()).doesNotContain(": hb");
            assertThat(stream.hasEnded()).isFalse();

            store.broken = null;
            store.listener().confirm();
            late.await(lines -> lines.contains(": hb"));
            assertThat(server.activate("a").statusCode()).isEqualTo(200);
        }

        @Test
        void that_hangs_stops_nobody_but_writers() {
            var latch = new CountDownLatch(1);
            store.stopped = latch;
            CompletableFuture<HttpResponse<String>> kill = CompletableFuture.supplyAsync(() -> server.activate("a"));
            ExecutorService threads = Executors.newCachedThreadPool();
            List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                others.add(CompletableFuture.supplyAsync(() -> server.put("c", "{\"status\": \"on\"}"), threads));
            }
            Eventually.until(() -> others.stream().anyMatch(CompletableFuture::isDone));

            assertThat(server.get("/v1/document").statusCode()).isEqualTo(200);
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            latch.countDown();
            assertThat(kill.join().statusCode()).isEqualTo(200);
            assertThat(others.stream().map(other -> other.join().statusCode())).contains(200, 503);
            threads.shutdown();
        }

        @Test
        @DisplayName("S2 that was wiped is not believed")
        void that_was_wiped() {
            for (String wiped : List.of(
                    "",
                    "{}",
                    "null",
                    "{\"version\": 1, \"flags\": {}}",
                    "{\"version\": 1, \"lineage\": \"l\", \"serial\": 7, \"flags\": {}}",
                    "{\"version\": 1, \"lineage\": \"new\", \"serial\": 99, \"flags\": {}}")) {
                assertThat(store.put(wiped)).as(wiped).isNotNull();
            }

            assertThat(server.get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
            assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(server.get("/healthz").body()).contains("\"degraded\"", "is refused, see the log");
            assertThat(server.get("/metrics").body())
                    .contains("agentflags_store_refused 1.0", "agentflags_store_up 1.0");
            assertThat(server.put("c", "{\"status\": \"on\"}").statusCode()).isEqualTo(422);

            assertThat(store.put(serial(8))).isNull();
            assertThat(server.get("/healthz").body()).contains("\"ok\"");
            assertThat(store.put("{\"version\": 1, \"lineage\": \"l\", \"serial\": 9, \"flags\": {}}"))
                    .as("its last flag removed, as the serial shows")
                    .isNull();
        }

        @Test
        void that_has_an_older_document_is_not_believed() {
            server.activate("a");

            assertThat(store.put(TestServer.FLAGS)).contains("serial 7 is older than serial 8");
            assertThat(server.get("/v1/document").body()).contains("\"engaged\"");
            assertThat(server.deactivate("a").statusCode()).isEqualTo(422);
        }

        @Test
        void that_has_a_broken_document_still_takes_a_kill_and_loses_nobodys_work() {
            store.put("{ \"half");
            HttpResponse<String> kill = server.activate("a");

            assertThat(kill.statusCode()).isEqualTo(200);
            assertThat(store.text())
                    .isEqualTo(server.get("/v1/document").body())
                    .contains("\"engaged\"", "\"serial\": 8");
            assertThat(store.aside()).containsExactly("{ \"half");
        }

        @Test
        void whose_document_has_no_serial_any_more_gets_the_next_one() {
            store.put("{\"a\": {\"status\": \"on\"}}");
            Eventually.until(() -> server.get("/v1/document").body().contains("\"serial\": 8"));

            assertThat(store.text())
                    .contains("\"lineage\": \"l\"")
                    .isEqualTo(server.get("/v1/document").body());
            assertThat(store.audit()).extracting(AuditEntry::operation).containsExactly("adopt");
        }

        @Test
        @DisplayName("S11 that is told the same again and again gets no new serial")
        void that_is_told_the_same_again() {
            for (int i = 0; i < 10; i++) {
                server.activate("a");
            }

            assertThat(store.audit()).hasSize(1);
        }
    }

    @Nested
    class File {

        private Path file;

        @BeforeEach
        void start() {
            server = TestServer.start(directory, TestServer.FLAGS);
            file = directory.resolve("flags.json");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "{", "{}", "[]", "{\"version\": 1, \"flags\": {}}", "{\"version\": 2, \"flags\": {}}"})
        void that_is_broken_by_hand_changes_nothing_that_is_served(String broken) throws IOException {
            Files.writeString(file, broken);
            Eventually.until(() -> server.get("/healthz").body().contains("refused"));

            assertThat(server.get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
            assertThat(server.activate("a").statusCode()).isEqualTo(200);
            assertThat(Files.readString(directory.resolve("flags.json.refused")))
                    .isEqualTo(broken);
            assertThat(server.get("/v1/document").body())
                    .isEqualTo(Files.readString(file))
                    .contains("\"engaged\"");
            Eventually.until(() -> server.get("/healthz").body().contains("ok"));
            assertThat(FileStore.of(file).audit())
                    .extracting(AuditEntry::operation)
                    .endsWith("kill");
        }

        @Test
        void that_has_one_bad_flag_serves_the_others() throws IOException {
            Files.writeString(
                    file,
                    TestServer.FLAGS
                            .replace("\"percentage\": 5 }", "\"percentage\": 500 }")
                            .replace("{ \"status\": \"on\" }", "{ \"status\": \"on\", \"kill_switch\": true }"));
            Eventually.until(() -> server.get("/v1/document").body().contains("kill_switch"));

            assertThat(server.activate("a").statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("S10 whose audit trail cannot be written takes kills, and nothing else")
        void whose_audit_trail_cannot_be_written() throws IOException {
            Files.createDirectory(directory.resolve("flags.json.audit.jsonl"));

            assertThat(server.put("c", "{\"status\": \"on\"}").statusCode()).isEqualTo(503);
            assertThat(server.get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
            assertThat(server.activate("a").statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/document").body()).contains("\"engaged\"");
        }

        @Test
        @DisplayName("S7 that cannot be written is not changed in memory either")
        void that_cannot_be_written() throws IOException {
            Files.createDirectories(directory.resolve(".flags.json.new/in-the-way"));

            assertThat(server.activate("a").statusCode()).isEqualTo(503);
            assertThat(server.get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
        }
    }
}
