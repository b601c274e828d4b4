package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.program.Programs;
import dev.agentflags.program.WithPrograms;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.access.TokenFile;
import dev.openfeature.sdk.ImmutableContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
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

    /** The page's piece of configuration, for the root, a prefix, or one path. */
    private static String location(String place, int server) throws IOException {
        String path = place.matches("/.+/") ? "/;" : ";";
        return Snippet.of("nginx", "nginx.conf")
                .replace("location / {", "location " + place + " {")
                .replace("127.0.0.1:8016;", "127.0.0.1:" + server + path);
    }

    private Process nginx(int port, String locations) throws IOException {
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
                """.formatted(port, locations));
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
            Process nginx = nginx(port, location(prefix, served.server.uri().getPort()));
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

    @Test
    void lets_pages_listen_below_a_prefix() throws Exception {
        Path tokens = directory.resolve("tokens.json");
        String token = TokenFile.of(tokens)
                .create("pages", Set.of(Scope.READ), null, Instant.now(), null)
                .secret();
        try (Served served = Served.file(directory, DOCUMENT, options -> options.tokens(tokens))) {
            int port = freePort();
            int server = served.server.uri().getPort();
            Process nginx = nginx(port, location("/flags/", server) + location("= /ofrep/v1/sse", server));
            try {
                Eventually.until(() -> listens(port));
                URI site = URI.create("http://127.0.0.1:" + port);
                String evaluated = served.send(HttpRequest.newBuilder(site.resolve("/flags/ofrep/v1/evaluate/flags"))
                                .headers("Content-Type", "application/json", "Authorization", "Bearer " + token)
                                .POST(BodyPublishers.ofString("{}")))
                        .body();
                // as providers for browsers do (0.4.3): whatever is behind the site in the base URL is not looked at
                URI stream = site.resolve(evaluated.replaceAll("(?s).*\"requestUri\":\"([^\"]*)\".*", "$1"));

                try (var lines = new BufferedReader(
                        new InputStreamReader(stream.toURL().openStream(), StandardCharsets.UTF_8))) {
                    assertThat(lines.readLine()).isEqualTo("retry: 1000");
                    assertThat(lines.readLine()).startsWith("data: {\"type\":\"refetchEvaluation\"");
                }
            } finally {
                nginx.destroy();
                nginx.waitFor();
            }
        }
    }
}
