package dev.agentflags.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {

    private static final String ACTIVATE = "POST /admin/v1/kill-switches/a/activate HTTP/1.1\nHost: localhost\n";
    private static final String JSON = "Content-Type: application/json\n";

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init") // by the method below
    static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                TestServer.file(directory, TestServer.FLAGS),
                options -> options.requestTimeout(Duration.ofMillis(600)).allowHost("Flags.example"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothing_was_changed() {
        assertThat(server.server().published().serial()).isEqualTo(7);
    }

    private String get(String headers) {
        return server.raw("GET /v1/document HTTP/1.1\n" + headers + "\n");
    }

    @ParameterizedTest(name = "9 {0}")
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: https://localhost",
                "Origin: http://localhost:1",
                "Origin: %",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void refuses_what_comes_from_pages_of_other_sites(String header) {
        assertThat(get("Host: localhost\n" + header + "\n")).startsWith("HTTP/1.1 403 ");
        assertThat(server.raw(ACTIVATE + header + "\n" + JSON + "Content-Length: 15\n\n{\"reason\": \"r\"}"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    @DisplayName("9 answers its own pages")
    void answers_its_own_pages() {
        int port = server.server().uri().getPort();

        assertThat(get("Host: localhost:" + port + "\nOrigin: http://localhost:" + port
                        + "\nSec-Fetch-Site: same-origin\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(get("Host: localhost\nSec-Fetch-Site: none\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest(name = "10 {0}: {1}")
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:80, 200",
        "127.0.0.1, 200",
        "[::1]:8016, 200",
        "flags.example, 200",
        "evil.example, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "'', 421"
    })
    void goes_by_certain_names_only(String host, int status) {
        assertThat(get("Host: " + host + "\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    @DisplayName("10 wants one Host")
    void wants_one_host() {
        assertThat(get("")).startsWith("HTTP/1.1 400 ");
        assertThat(get("Host: localhost\nHost: evil.example\n")).startsWith("HTTP/1.1 400 ");
        assertThat(server.raw("GET http://evil.example/v1/document HTTP/1.1\nHost: localhost\n\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    @DisplayName("13 refuses a body that is one byte too long before it is sent")
    void refuses_a_body_that_is_too_long() {
        String response = server.raw(ACTIVATE + JSON + "Content-Length: " + (1024 * 1024 + 1) + "\n\n");

        assertThat(response)
                .startsWith("HTTP/1.1 413 ")
                .contains("1,048,576 bytes")
                .endsWith("<closed>");
        assertThat(server.raw("PUT /admin/v1/flags/a HTTP/1.1\nHost: localhost\nIf-Match: *\n" + JSON
                        + "Content-Length: " + (8 * 1024 * 1024 + 1) + "\n\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    @DisplayName("13 says so to those who send it nevertheless")
    void says_so_to_those_who_send_it() {
        String body = "{\"reason\": \"" + "r".repeat(1024 * 1024) + "\"}";

        assertThat(server.send(server.json("POST", "/admin/v1/kill-switches/a/activate", body))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("14 refuses a compressed body, whatever is in it")
    void refuses_a_compressed_body() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[100_000_000]);
        }
        HttpResponse<String> response = server.send(server.request("/admin/v1/kill-switches/a/activate")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void refuses_what_a_form_can_send(String type) {
        HttpResponse<String> response = server.send(server.request("/admin/v1/kill-switches/a/activate")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"reason\": \"r\"}")));

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    @DisplayName("15 refuses JSON that is deep, or says a thing twice")
    void refuses_json_with_tricks() {
        for (String body : new String[] {
            "{\"reason\": " + "[".repeat(65) + "]".repeat(65) + "}",
            "{\"reason\": \"a\", \"reason\": \"b\"}",
            "{\"reason\": \"" + "a".repeat(70_000) + "\"}",
            "{\"reason\": " + "9".repeat(65) + "}",
            "{\"reason\": \"\\ud800\"}"
        }) {
            assertThat(server.send(server.json("POST", "/admin/v1/kill-switches/a/activate", body))
                            .statusCode())
                    .as(body.substring(0, 20))
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("16 closes a connection whose request drips in")
    void closes_slow_connections() throws IOException {
        assertThat(drip("GET /v1/document HTTP/1.1\r\nHost: localhost\r\nX: ")).isTrue();
        assertThat(drip("POST /admin/v1/kill-switches/a/activate HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"))
                .isTrue();
    }

    @Test
    @DisplayName("16 closes a connection whose second request drips in")
    void closes_connections_that_became_slow() throws IOException {
        assertThat(drip("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nX: "))
                .isTrue();
    }

    /** Returns whether the server closed the connection although something came every now and then. */
    private boolean drip(String beginning) throws IOException {
        try (Socket socket = server.socket()) {
            socket.getOutputStream().write(beginning.getBytes(UTF_8));
            socket.setSoTimeout(50);
            boolean[] closed = {false};
            Eventually.until(() -> {
                try {
                    socket.getOutputStream().write(' ');
                    closed[0] = socket.getInputStream().read() < 0;
                } catch (java.net.SocketTimeoutException e) {
                    // still open
                } catch (IOException e) {
                    closed[0] = true;
                }
                return closed[0];
            });
            return closed[0];
        }
    }

    @ParameterizedTest(name = "31 {0}")
    @ValueSource(
            strings = {
                "../a",
                "..",
                ".",
                "%2e%2e",
                "%2E%2e",
                "%2e%2e%2f..",
                "a%2fb",
                "a%2Fb",
                "a%00",
                "%00",
                "a%0d%0ab",
                "a%5cb",
                "..%5c",
                "a%zz",
                "a%",
                "a%2",
                "%252e%252e",
                "a%20b",
                "a:b",
                "%c0%ae%c0%ae",
                "a+b",
                "%ff"
            })
    void refuses_keys_that_are_none(String key) {
        for (String path : new String[] {"kill-switches/%s/activate", "kill-switches/%s/deactivate", "flags/%s"}) {
            String method = path.startsWith("flags") ? "DELETE " : "POST ";
            assertThat(server.raw(
                            method + "/admin/v1/" + path.formatted(key) + " HTTP/1.1\nHost: localhost\nIf-Match: *\n"
                                    + JSON + "Content-Length: 15\n\n{\"reason\": \"r\"}"))
                    .as(path)
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void refuses_a_key_that_is_too_long() {
        assertThat(server.activate("a".repeat(129)).statusCode()).isEqualTo(400);
        assertThat(server.activate("a".repeat(128)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest(name = "32 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 4@Transfer-Encoding: chunked | 400",
                "Transfer-Encoding: chunked@Content-Length: 4 | 400",
                "Transfer-Encoding: chunked | 411",
                "Transfer-Encoding: xchunked | 411",
                "Transfer-Encoding: chunked@Transfer-Encoding: identity | 400",
                "Content-Length: 4@Content-Length: 5 | 400",
                "Content-Length: -1 | 400",
                "Content-Length: 4x | 400",
                "Content-Length: +4 | 400",
                "Content-Length : 4 | 400"
            })
    void answers_once_where_it_is_not_clear_where_a_request_ends(String headers, int status) {
        String response = server.raw(
                ACTIVATE + JSON + headers.replace('@', '\n') + "\n\n0\n\nGET /healthz HTTP/1.1\nHost: localhost\n\n");

        assertThat(response)
                .startsWith("HTTP/1.1 " + status + " ")
                .endsWith("<closed>")
                .doesNotContain("\"ok\"");
    }

    @ParameterizedTest(name = "33 {0}: {1}")
    @CsvSource({"TRACE, 405", "OPTIONS, 405", "POST, 405", "PATCH, 405", "FOO, 405", "CONNECT, 405"})
    void does_only_what_is_meant(String method, int status) {
        String response = server.raw(method + " /v1/document HTTP/1.1\nHost: localhost\n\n");

        assertThat(response).startsWith("HTTP/1.1 " + status + " ").doesNotContain("\"flags\"");
        if (!method.equals("TRACE") && !method.equals("CONNECT")) {
            assertThat(response).containsIgnoringCase("allow: GET, HEAD\r\n");
        }
    }

    @Test
    @DisplayName("33 shows only the head of what else can be read")
    void shows_heads() {
        for (String path : new String[] {"/healthz", "/readyz", "/metrics", "/v1/audit", "/admin/v1/providers"}) {
            String response = server.raw("HEAD " + path + " HTTP/1.1\nHost: localhost\n\n");
            assertThat(response).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest(name = "34 {0}")
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/v1",
                "/v1/documents",
                "/v1/document/x",
                "/admin",
                "/admin/v1/kill-switches//activate"
            })
    void says_nothing_of_itself_where_there_is_nothing(String path) {
        String response = server.raw("GET " + path + " HTTP/1.1\nHost: localhost\n\n");

        assertThat(response)
                .startsWith("HTTP/1.1 40")
                .containsIgnoringCase("content-type: application/problem+json")
                .doesNotContain("Exception", "\tat ", "vertx", "netty");
    }

    @ParameterizedTest(name = "34 {0}")
    @ValueSource(strings = {"\u0016\u0003\u0001", "GET", "GET /", "GET / HTTP/9.9", "PRI * HTTP/2.0\n\nSM\n"})
    void says_nothing_of_itself_to_what_is_not_http(String text) {
        assertThat(server.raw(text + "\n\n")).doesNotContain("Exception", "\tat ", "vertx", "netty");
    }

    @ParameterizedTest(name = "11 12 {0}")
    @ValueSource(
            strings = {
                "GET /v1/document HTTP/1.1\nHost: localhost\n\n",
                "GET /healthz HTTP/1.1\nHost: localhost\n\n",
                "GET /metrics HTTP/1.1\nHost: localhost\n\n",
                "GET /v1/audit HTTP/1.1\nHost: localhost\nAccept: text/html\n\n",
                "GET / HTTP/1.1\nHost: localhost\nAccept: text/html\n\n",
                "GET /<img%20onerror=x> HTTP/1.1\nHost: localhost\n\n",
                "GET /healthz HTTP/1.1\nHost: evil.example\n\n",
                "GET /healthz HTTP/1.1\nHost: localhost\nOrigin: http://evil.example\n\n",
                "GET /%2e%2e/a HTTP/1.1\nHost: localhost\n\n",
                "DELETE /healthz HTTP/1.1\nHost: localhost\n\n",
                "TRACE / HTTP/1.1\nHost: localhost\n\n",
                "nonsense\n\n"
            })
    void has_no_pages_and_leaves_no_browser_to_guess(String request) {
        assertThat(server.raw(request).toLowerCase(Locale.ROOT))
                .startsWith("http/1.")
                .contains("x-content-type-options: nosniff\r\n")
                .containsPattern("content-type: (application/(problem\\+)?json|text/plain)")
                .doesNotContain("text/html", "<img");
    }

    @Test
    void does_not_take_a_client_that_has_gone_away_for_a_bug() throws IOException {
        try (Socket socket = server.socket()) {
            socket.getOutputStream()
                    .write((ACTIVATE + JSON + "Content-Length: 15\n\n{")
                            .replace("\n", "\r\n")
                            .getBytes(UTF_8));
        }

        Eventually.until(() -> server.get("/metrics").body().contains("activate\",status="));
        assertThat(server.get("/metrics").body()).doesNotContain("status=\"500\"");
    }

    @Test
    void does_not_speak_http2_in_the_clear() {
        assertThat(server.raw("""
                        GET /healthz HTTP/1.1
                        Host: localhost
                        Connection: Upgrade, HTTP2-Settings
                        Upgrade: h2c
                        HTTP2-Settings: AAMAAABkAAQAAP__

                        """)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void reads_one_request_after_another() {
        String request = "GET /healthz HTTP/1.1\nHost: localhost\n\n";

        assertThat(server.raw(request + request, 2)).containsPattern("(?s)\"ok\".*\"ok\"");
    }

    @Test
    void asks_for_a_body_that_waits_to_be_asked_for() {
        assertThat(server.raw(ACTIVATE + JSON + "Expect: 100-continue\nContent-Length: 2\n\n"))
                .startsWith("HTTP/1.1 100 ");
    }
}
