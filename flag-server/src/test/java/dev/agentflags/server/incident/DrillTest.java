package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class DrillTest {

    private static final String DOCUMENT =
            "{\"version\": 1, \"lineage\": \"l\", \"serial\": 1, \"flags\": {\"a\": {\"status\": \"on\"}}}";

    private static final String SILENT = String.join(
            "\r\n",
            "GET /ofrep/v1/sse HTTP/1.1",
            "Host: 127.0.0.1",
            "Flags-Client: id=silent;serial=1;state=READY",
            "",
            "");

    @TempDir
    Path directory;

    private Served served;

    @BeforeEach
    void serve() throws IOException {
        served = Served.file(directory, DOCUMENT, options -> options);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private HttpResponse<String> drill() {
        return served.post("/admin/v1/drill", "{}");
    }

    @Test
    void proves_that_every_provider_would_get_a_kill_and_changes_nothing() {
        served.provider();
        served.provider();
        Eventually.until(() -> served.server.streams() == 2);
        HttpResponse<String> response = drill();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"ok\":true,\"serial\":1,\"streams\":2,\"providers\":2,\"confirmed\":2,\"slowest_ms\":")
                .endsWith(",\"stored\":true,\"behind\":[]}");
        assertThat(served.server.published().text()).isEqualTo(DOCUMENT);
        Eventually.until(() -> served.audit().contains("2 of 2 providers confirmed"));
        assertThat(served.metrics())
                .contains("agentflags_drill_last_confirmed 2.0", "agentflags_drill_last_missing 0.0")
                .doesNotContain("agentflags_drill_last_success_timestamp_seconds 0.0");
    }

    @Test
    void names_who_listens_and_does_not_come() throws IOException {
        served.provider();
        try (var silent =
                new Socket(InetAddress.getLoopbackAddress(), served.server.uri().getPort())) {
            silent.getOutputStream().write(SILENT.getBytes(StandardCharsets.US_ASCII));
            Eventually.until(() -> served.server.streams() == 2);
            String answer = drill().body();

            assertThat(answer)
                    .contains("\"ok\":false", "\"providers\":2,\"confirmed\":1")
                    .contains("\"behind\":[{\"id\":\"silent\"");
            assertThat(served.metrics())
                    .contains(
                            "agentflags_drill_last_missing 1.0", "agentflags_drill_last_success_timestamp_seconds 0.0");
        }
    }

    @Test
    void is_no_proof_where_the_store_cannot_be_written() throws IOException {
        served.provider();
        Eventually.until(() -> served.server.streams() == 1);
        served.breakAudit(directory);

        assertThat(drill().body()).contains("\"ok\":false", "\"stored\":false", "\"providers\":1,\"confirmed\":1");
        assertThat(served.metrics())
                .contains("agentflags_drill_last_success_timestamp_seconds 0.0", "agentflags_drill_last_stored 0.0")
                .doesNotContain("agentflags_drill_last_timestamp_seconds 0.0");
    }

    @Test
    void ends_at_once_where_nobody_listens() {
        assertThat(drill().body()).contains("\"ok\":true", "\"providers\":0");
    }
}
