package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.Operation;
import dev.agentflags.file.FileFlags;
import dev.agentflags.file.FileStore;
import dev.agentflags.model.FlagValue;
import dev.agentflags.openfeature.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {

    @TempDir
    Path directory;

    TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(directory, TestServer.FLAGS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path file() {
        return directory.resolve("flags.json");
    }

    private String etag() {
        return server.get("/v1/document").headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void kills_durably_and_serves_it_before_it_answers() throws IOException {
        HttpResponse<String> response = server.send(server.json(
                "POST", "/admin/v1/kill-switches/a/activate", "{\"reason\": \"wrong\", \"actor\": \"alice\"}"));
        String served = server.get("/v1/document").body();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"changed\":true,\"serial\":8,\"etag\":%s,\"summary\":\"\\\"a\\\" is killed\",\"subscribers\":0,\"replicated\":null}"
                                .formatted("\"" + etag().replace("\"", "\\\"") + "\""));
        assertThat(response.headers().firstValue("ETag")).contains(etag());
        assertThat(served).contains("\"reason\": \"wrong\"", "\"by\": \"alice (anonymous)\"");
        assertThat(Files.readString(file())).isEqualTo(served);
        assertThat(FileStore.of(file()).audit()).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("alice (anonymous)");
            assertThat(entry.operation()).isEqualTo("kill");
            assertThat(entry.serial()).isEqualTo(8);
        });
    }

    @Test
    void does_not_kill_twice() throws IOException {
        server.activate("a");
        HttpResponse<String> again = server.activate("a");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"changed\":false", "\"serial\":8");
        assertThat(FileStore.of(file()).audit()).hasSize(1);
    }

    @Test
    void kills_and_revives_all_flags() {
        assertThat(server.activate("*").body()).contains("all flags are killed");
        assertThat(server.deactivate("*").body()).contains("\"serial\":9");
        assertThat(server.get("/v1/document").body()).contains("\"kill_switch\": false");
    }

    @Test
    void does_everything_else_that_the_command_line_does() {
        assertThat(server.change("POST", "/admin/v1/rollouts/a/advance", "{\"reason\": \"r\"}")
                        .body())
                .contains("goes from 5 % to 25 %");
        assertThat(server.change("POST", "/admin/v1/rollouts/a/roll-back", "{\"reason\": \"r\"}")
                        .body())
                .contains("goes from 25 % to 5 %");
        assertThat(server.put("c", "{\"status\": \"on\"}").body()).contains("is added");
        assertThat(server.change("DELETE", "/admin/v1/flags/c", "{\"reason\": \"r\"}")
                        .body())
                .contains("is removed");
        assertThat(server.activate("a").statusCode()).isEqualTo(200);
        assertThat(server.deactivate("a").body()).contains("is revived");
        assertThat(server.get("/v1/document").body()).contains("\"serial\": 13");
    }

    @Test
    void pauses_without_knowing_which_document_there_is() {
        server.put("g", "{\"status\": \"percentage\", \"percentage\": 5, \"guard\": {}}");
        HttpResponse<String> paused =
                server.send(server.json("POST", "/admin/v1/rollouts/g/pause", "{\"reason\": \"slow\"}"));

        assertThat(paused.statusCode()).isEqualTo(200);
        assertThat(paused.body()).contains("is paused at 5 %");
        assertThat(server.get("/v1/document").body()).contains("\"paused\"", "\"reason\": \"slow\"");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, kill-switches/a/deactivate",
        "POST, rollouts/a/advance",
        "POST, rollouts/a/roll-back",
        "PUT, flags/a",
        "DELETE, flags/a"
    })
    void wants_to_know_which_document_a_change_was_decided_on(String method, String path) {
        String body =
                method.equals("PUT") ? "{\"reason\": \"r\", \"flag\": {\"status\": \"off\"}}" : "{\"reason\": \"r\"}";
        HttpResponse<String> unconditional = server.send(server.json(method, "/admin/v1/" + path, body));
        HttpResponse<String> stale =
                server.send(server.json(method, "/admin/v1/" + path, body).header("If-Match", "\"6-00000000\""));

        assertThat(unconditional.statusCode()).isEqualTo(428);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("\"kind\":\"CONFLICT\"", "6-00000000");
        assertThat(server.send(server.json(method, "/admin/v1/" + path, body)
                                .header("If-Match", "\"6-00000000\", W/" + etag()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void tells_a_change_that_was_decided_before_an_edit_by_hand() throws IOException {
        String before = etag();
        Files.writeString(file(), TestServer.FLAGS.replace("\"percentage\": 5", "\"percentage\": 50"));

        assertThat(server.send(server.json("POST", "/admin/v1/rollouts/a/advance", "{\"reason\": \"r\"}")
                                .header("If-Match", before))
                        .statusCode())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | kill-switches/none/activate | {'reason': 'r'} | 404 | NO_SUCH_FLAG",
                "POST | rollouts/b/advance | {'reason': 'r'} | 409 | REFUSED",
                "PUT | flags/a | {'reason': 'r', 'flag': {'status': 'maybe'}} | 422 | INVALID",
                "PUT | flags/a | {'reason': 'r', 'flag': 7} | 422 | INVALID"
            })
    void says_why_nothing_was_done(String method, String path, String body, int status, String kind) {
        HttpResponse<String> response = server.change(method, "/admin/v1/" + path, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"")
                .contains("\"status\":" + status, "\"detail\":\"", "\"kind\":\"" + kind + "\"");
        assertThat(server.get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"reason\": \"\"}",
                "{\"reason\": \" \\n \"}",
                "{\"reason\": 7}",
                "{\"reason\": \"r\", \"reason\": \"s\"}",
                "{\"reason\": \"r\"} {}",
                "{\"reason\": \"r\", \"actor\": 7}",
                "{\"reason\": \"r\", \"ttl\": 7}",
                "{\"reason\": \"r\", \"flag\": {}}",
                "{\"reason\": 1e999999999}"
            })
    void refuses_a_body_that_is_none(String body) {
        HttpResponse<String> response = server.send(server.json("POST", "/admin/v1/kill-switches/a/activate", body));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(server.get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
    }

    @Test
    void takes_control_characters_out_of_reasons_and_names() throws IOException {
        server.send(server.json(
                "POST",
                "/admin/v1/kill-switches/a/activate",
                "{\"reason\": \"one\\ntwo\\u001b[31m\", \"actor\": \"%s\"}"
                        .formatted("\\r".repeat(9) + "x".repeat(500))));

        assertThat(FileStore.of(file()).audit()).singleElement().satisfies(entry -> {
            assertThat(entry.reason()).isEqualTo("one two [31m");
            assertThat(entry.actor()).isEqualTo("x".repeat(128) + " (anonymous)");
        });
    }

    @Test
    @DisplayName("S5 loses nothing where many write, through the server and past it")
    void loses_nothing() throws Exception {
        var refused = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            String writer = "w" + w;
            boolean direct = w % 2 == 0;
            writers.add(new Thread(() -> {
                for (int i = 0; i < 10; i++) {
                    if (direct) {
                        put(writer + "-" + i);
                    } else if (server.put(writer + "-" + i, "{\"status\": \"on\"}")
                                    .statusCode()
                            != 200) {
                        refused.incrementAndGet();
                    }
                }
            }));
        }
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(refused).hasValue(0);
        List<AuditEntry> audit = FileStore.of(file()).audit();
        assertThat(audit).extracting(AuditEntry::serial).containsExactlyElementsOf(serials(8, 47));
        assertThat(FileStore.of(file()).checkAudit().problem()).isNull();
        Eventually.until(() -> server.get("/v1/document").body().contains("\"serial\": 47"));
    }

    private void put(String key) {
        try {
            FileFlags.admin(file(), "direct")
                    .apply(
                            new Operation.Put(
                                    key, new FlagValue.Structure(Map.of("status", new FlagValue.Text("on"))), "r"),
                            null);
        } catch (AdminException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Long> serials(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void shows_the_audit_trail_after_a_serial() {
        server.activate("a");
        server.activate("b");
        server.deactivate("a");

        assertThat(server.get("/v1/audit").body())
                .startsWith("{\"entries\":[{\"time\":")
                .contains("\"serial\":8", "\"serial\":10");
        assertThat(server.get("/v1/audit?after=8").body())
                .doesNotContain("\"serial\":8")
                .contains("\"serial\":9");
        assertThat(server.get("/v1/audit?after=10").body()).isEqualTo("{\"entries\":[]}");
        assertThat(server.get("/v1/audit?after=x").statusCode()).isEqualTo(400);
        assertThat(server.raw("GET /v1/audit?after=%zz HTTP/1.1\nHost: localhost\n\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void knows_which_providers_are_behind() {
        server.send(server.request("/v1/document").header("Flags-Client", "id=p1;serial=6;state=STALE"));
        assertThat(server.get("/admin/v1/providers").body())
                .startsWith(
                        "{\"serial\":7,\"behind\":0,\"providers\":[{\"id\":\"p1\",\"token\":\"anonymous\",\"serial\":6,"
                                + "\"sent\":7,\"state\":\"STALE\",\"rejected\":null,\"connected\":false,\"behind\":false,");
        server.activate("a");
        assertThat(server.get("/admin/v1/providers").body()).contains("\"serial\":8,\"behind\":1");
        server.send(server.request("/v1/document").header("Flags-Client", "id=p1;serial=7;state=READY;rejected=8"));
        assertThat(server.get("/admin/v1/providers").body())
                .as("it was sent serial 8, and says that it rejects it")
                .contains("\"behind\":1", "\"rejected\":\"8\"");
        server.send(server.request("/v1/document").header("Flags-Client", "id=p1;serial=8;state=READY"));
        assertThat(server.get("/admin/v1/providers").body()).contains("\"behind\":0");
        assertThat(server.get("/metrics").body())
                .contains("agentflags_providers 1.0", "agentflags_providers_behind 0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id=",
                "serial=7",
                "id=<script>",
                "id=p;serial=x;state=<b>;rejected=1:<i>",
                "=;=;=",
                "id=p;id=q"
            })
    void shows_of_a_provider_only_what_is_well_formed(String header) {
        server.send(server.request("/v1/document").header("Flags-Client", header));

        assertThat(server.get("/admin/v1/providers").body()).doesNotContain("<");
    }
}
