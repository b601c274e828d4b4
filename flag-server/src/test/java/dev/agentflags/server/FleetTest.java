package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server remembers of those who follow it. */
class FleetTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
    private final InstantSource time = now::get;

    @TempDir
    Path directory;

    private static HttpRequest.Builder as(String provider, HttpRequest.Builder request) {
        return request.header("Flags-Client", "id=" + provider + ";serial=7;state=READY");
    }

    @Test
    void is_forgotten_after_a_quarter_of_an_hour_but_for_those_who_listen() throws IOException {
        try (var server = TestServer.start(
                        TestServer.file(directory, TestServer.FLAGS),
                        options -> options.clock(time.withZone(ZoneOffset.UTC)));
                var listening = server.stream(as("listens", server.request("/ofrep/v1/sse")))) {
            server.send(as("asked", server.request("/v1/document")));
            assertThat(server.get("/admin/v1/providers").body()).contains("\"id\":\"listens\"", "\"id\":\"asked\"");

            now.updateAndGet(then -> then.plus(Duration.ofMinutes(16)));

            assertThat(server.get("/admin/v1/providers").body())
                    .contains("\"id\":\"listens\"")
                    .doesNotContain("\"id\":\"asked\"");
            assertThat(listening.lines()).isNotEmpty();
        }
    }
}
