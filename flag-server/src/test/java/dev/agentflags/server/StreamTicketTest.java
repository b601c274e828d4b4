package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.access.TokenFile;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ticket with which a browser, which sends no token with a stream, listens. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class StreamTicketTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ALL = "/ofrep/v1/evaluate/flags";
    private static final String APP = "https://app.example.com";
    private static final Pattern STREAM =
            Pattern.compile("\"eventStreams\":\\[\\{\"type\":\"sse\",\"endpoint\":\\{\"requestUri\":\"([^\"]*)\"}}]");

    @TempDir
    Path directory;

    private TestServer server;

    /** With every right, none of which a ticket has. */
    private String token;

    private volatile Instant now = START;

    private final InstantSource time = () -> now;

    @BeforeEach
    void start() {
        token = TestServer.token(directory, "pages", null, Scope.REVIVE, Scope.OPERATE);
        server = serve();
    }

    private TestServer serve() {
        return TestServer.start(
                TestServer.file(directory, TestServer.FLAGS),
                options -> options.tokens(tokens())
                        .clock(time.withZone(ZoneOffset.UTC))
                        .allowOrigin(APP)
                        .heartbeat(Duration.ofMillis(50)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path tokens() {
        return directory.resolve("tokens.json");
    }

    private HttpResponse<String> evaluate(String query, @Nullable String ifNoneMatch) {
        HttpRequest.Builder request = server.as(token).json("POST", ALL + query, "{}");
        return server.send(ifNoneMatch == null ? request : request.header("If-None-Match", ifNoneMatch));
    }

    private static String stream(HttpResponse<String> evaluated) {
        Matcher matcher = STREAM.matcher(evaluated.body());
        assertThat(matcher.find()).as(evaluated.body()).isTrue();
        return matcher.group(1);
    }

    /** Returns where somebody with a ticket listens. */
    private String stream() {
        return stream(evaluate("", null));
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /** Listens without a token. */
    private TestServer.Stream listen(String stream) {
        return server.as(null).stream(server.as(null).request(stream));
    }

    private int statusOf(String stream) {
        return server.as(null).get(stream).statusCode();
    }

    @Test
    @DisplayName("36 comes with the flags, and opens a stream that tells of changes")
    void opens_a_stream() throws IOException {
        String stream = stream();
        assertThat(stream).matches("/ofrep/v1/sse\\?ticket=[0-9a-f]{12}\\.[0-9]{10}\\.[A-Za-z0-9_-]{43}");
        try (TestServer.Stream listening = listen(stream)) {
            server.as(token).activate("a");

            listening.awaitEvents(2);
        }
    }

    @Test
    @DisplayName("36 is taken from pages of allowed sites, and from no others")
    void is_taken_from_pages_of_allowed_sites() throws IOException {
        String stream = stream();
        HttpRequest.Builder guest =
                server.as(null).request(stream).headers("Origin", APP, "Sec-Fetch-Site", "cross-site");
        HttpRequest.Builder stranger =
                server.request(stream).headers("Origin", "https://evil.example.com", "Sec-Fetch-Site", "cross-site");

        try (TestServer.Stream listening = server.stream(guest)) {
            assertThat(listening.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(APP);
        }
        assertThat(server.send(stranger).statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("36 gives a right to nothing else, whatever the token may that it is of")
    void gives_a_right_to_nothing_else() {
        String ticket = stream().replaceAll(".*=", "");
        String body = "{\"reason\": \"r\"}";
        String before = server.server().published().text();
        List<String> requests = List.of(
                "GET /v1/document",
                "GET /v1/audit",
                "GET /v1/audit/check",
                "GET /v1/guard",
                "GET /admin/v1/providers",
                "GET /metrics",
                "POST " + ALL,
                "POST " + ALL + "/a",
                "POST /v1/outcomes",
                "POST /admin/v1/drill",
                "POST /admin/v1/kill-switches/a/activate",
                "POST /admin/v1/kill-switches/*/activate",
                "POST /admin/v1/kill-switches/a/deactivate",
                "POST /admin/v1/rollouts/a/advance",
                "POST /admin/v1/rollouts/a/pause",
                "POST /admin/v1/rollouts/a/roll-back",
                "PUT /admin/v1/flags/a",
                "DELETE /admin/v1/flags/a");
        for (String request : requests) {
            String[] parts = request.split(" ", 2);
            HttpRequest.Builder inQuery = HttpRequest.newBuilder(server.uri(parts[1] + "?ticket=" + ticket));
            HttpRequest.Builder asToken =
                    HttpRequest.newBuilder(server.uri(parts[1])).header("Authorization", "Bearer " + ticket);
            for (HttpRequest.Builder each : List.of(inQuery, asToken)) {
                each.headers("Content-Type", "application/json", "If-Match", "*")
                        .method(
                                parts[0],
                                parts[0].equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
                assertThat(server.send(each).statusCode()).as(request).isIn(401, 429);
            }
        }
        assertThat(server.server().published().text()).isEqualTo(before);
    }

    @Test
    @DisplayName("36 opens a stream that tells nothing but that there may be something new")
    void tells_nothing_but_that_there_may_be_something_new() throws IOException {
        try (TestServer.Stream listening = listen(stream())) {
            server.as(token).activate("a");
            listening.awaitEvents(2);
            server.as(token).send(server.json("POST", "/admin/v1/drill", "{}"));
            listening.awaitEvents(3);

            assertThat(listening.lines())
                    .allSatisfy(
                            line -> assertThat(line)
                                    .matches(
                                            "|: hb|retry: 1000|data: \\{\"type\":\"refetchEvaluation\",\"etag\":\"\\\\\"[0-9a-f-]{36}\\\\\"\"}"));
            assertThat(listening.events()).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("36 does not let its holder speak for providers")
    void does_not_let_its_holder_speak_for_providers() throws IOException {
        String stream = stream();
        HttpRequest.Builder request =
                server.as(null).request(stream).header("Flags-Client", "id=somebody;serial=1;state=READY");
        try (TestServer.Stream listening = server.stream(request)) {
            assertThat(listening.hasEnded()).isFalse();
            assertThat(server.as(token).get("/admin/v1/providers").body()).doesNotContain("somebody");
        }
    }

    @Test
    @DisplayName("36 opens a stream within a minute, which goes on after that")
    void expires() throws IOException {
        String stream = stream();
        now = START.plusSeconds(60).minusMillis(1);
        try (TestServer.Stream listening = listen(stream)) {
            now = START.plusSeconds(60);

            assertThat(statusOf(stream)).isEqualTo(401);
            server.as(token).activate("a");
            listening.awaitEvents(2);
        }
    }

    @Test
    @DisplayName("36 is worth nothing when its token is revoked, and its streams end")
    void is_worth_nothing_when_its_token_is_revoked() throws IOException {
        String stream = stream();
        TestServer.Stream listening = listen(stream);
        TokenFile.of(tokens()).revoke("pages");

        Eventually.until(listening::hasEnded);
        assertThat(statusOf(stream)).isEqualTo(401);
        assertThat(server.server().streams()).isZero();
    }

    @Test
    @DisplayName("36 is worth nothing when its token has expired, and its streams end")
    void is_worth_nothing_when_its_token_has_expired() throws IOException {
        server.close();
        token = TokenFile.of(tokens())
                .create("short", Set.of(Scope.READ), null, START, START.plusSeconds(30))
                .secret();
        server = serve();
        String stream = stream();
        TestServer.Stream listening = listen(stream);
        now = START.plusSeconds(30);

        assertThat(statusOf(stream)).isEqualTo(401);
        Eventually.until(listening::hasEnded);
    }

    @Test
    @DisplayName("36 is taken by every server that has the tokens")
    void is_taken_by_every_server_that_has_the_tokens() throws IOException {
        String stream = stream();
        try (TestServer other = serve();
                TestServer.Stream listening = other.stream(other.request(stream))) {
            assertThat(listening.events()).hasSize(1);
        }
    }

    @Test
    @DisplayName("36 that nobody has given out is refused, and who tries many is not told any more")
    void that_nobody_has_given_out_is_refused() {
        String stream = stream();
        String forged = stream.substring(0, stream.length() - 2) + (stream.endsWith("AA") ? "BB" : "AA");

        assertThat(statusOf(forged)).isEqualTo(401);
        assertThat(server.raw("GET " + stream + "%zz HTTP/1.1\nHost: localhost\n\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(statusOf("/ofrep/v1/sse?ticket=" + token)).isEqualTo(401);
        assertThat(statusOf("/ofrep/v1/sse?ticket=")).isEqualTo(401);
        for (int i = 0; i < 20; i++) {
            statusOf(forged);
        }
        assertThat(statusOf(forged)).isEqualTo(429);
        assertThat(evaluate("", null).statusCode()).isEqualTo(200);
    }

    @Test
    void that_has_expired_is_no_attempt_at_anything() {
        String stream = stream();
        now = START.plusSeconds(61);
        for (int i = 0; i < 30; i++) {
            assertThat(statusOf(stream)).isEqualTo(401);
        }
    }

    @Test
    void is_there_whenever_somebody_asks_whom_no_event_has_told_to() {
        HttpResponse<String> first = evaluate("", null);
        now = START.plusSeconds(1);
        HttpResponse<String> again = evaluate("", etag(first));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(etag(again)).isEqualTo(etag(first));
        assertThat(stream(again)).isNotEqualTo(stream(first));
        for (String query : List.of("?flagConfigEtag=%22x%22", "?a=b&flagConfigLastModified=1764000000")) {
            assertThat(evaluate(query, etag(first)).statusCode()).isEqualTo(304);
        }
    }

    @Test
    void is_in_answers_that_nobody_keeps() {
        assertThat(evaluate("", null).headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void is_not_needed_where_nobody_needs_a_token(@TempDir Path other) {
        try (TestServer open = TestServer.start(other, TestServer.FLAGS)) {
            HttpResponse<String> answer = open.send(open.json("POST", ALL, "{}"));

            assertThat(stream(answer)).isEqualTo("/ofrep/v1/sse");
            assertThat(open.send(open.json("POST", ALL, "{}").header("If-None-Match", etag(answer)))
                            .statusCode())
                    .isEqualTo(304);
        }
    }
}
