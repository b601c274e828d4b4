package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.program.Programs;
import dev.agentflags.program.WithPrograms;
import dev.agentflags.remote.RemoteFlags;
import dev.openfeature.sdk.ImmutableContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server behind a real nginx, configured as the page on operations says. */
@WithPrograms("nginx")
@Timeout(60)
class NginxProxyTest {

    private static final String DOCUMENT =
            "{\"version\": 1, \"lineage\": \"l\", \"serial\": 1, \"flags\": {\"support_agent\": {\"status\": \"on\"}}}";

    @TempDir
    Path directory;

    /** nginx with the page's piece of configuration, at the root or below a prefix. */
    private Process nginx(int port, int server, String prefix) throws IOException {
        String location = Snippet.of("nginx", "nginx.conf")
                .replace("location / {", "location " + prefix + " {")
                .replace("127.0.0.1:8016;", "127.0.0.1:" + server + (prefix.equals("/") ? ";" : "/;"));
        Files.createDirectories(directory.resolve("temp"));
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid pid;
                events {}
                http {
                  access_log off;
                  client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
                  uwsgi_temp_path temp/4; scgi_temp_path temp/5;
                  server { listen 127.0.0.1:%d;
                %s
                  }
                }
                """.formatted(port, location));
        return new ProcessBuilder(
                        Programs.path("nginx").toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        "stderr")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/flags/"})
    void lets_a_kill_through_at_once(String prefix) throws Exception {
        try (Served served = Served.file(directory, DOCUMENT, options -> options)) {
            int port = freePort();
            Process nginx = nginx(port, served.server.uri().getPort(), prefix);
            try {
                Eventually.until(() -> listens(port));
                String url = "http://127.0.0.1:" + port + (prefix.equals("/") ? "" : prefix + "v1/document");
                // so seldom that only the stream can tell of it
                AgentFlagsProvider provider = RemoteFlags.builder(url)
                        .pollInterval(Duration.ofMinutes(10))
                        .build();
                try {
                    provider.initialize(new ImmutableContext());
                    Eventually.until(() -> served.server.streams() == 1);
                    served.post("/admin/v1/kill-switches/support_agent/activate", "{\"reason\": \"r\"}");

                    Eventually.until(() -> "KILLED"
                            .equals(provider.getBooleanEvaluation("support_agent", false, new ImmutableContext("u"))
                                    .getReason()));
                    assertThat(Files.readString(directory.resolve("nginx.out"))).doesNotContain("[error]");
                } finally {
                    provider.shutdown();
                }
            } finally {
                nginx.destroy();
                nginx.waitFor();
            }
        }
    }
}
