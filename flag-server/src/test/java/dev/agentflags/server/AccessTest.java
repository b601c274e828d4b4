package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.file.FileStore;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.access.TokenFile;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path directory;

    TestServer server;

    /** What a clock shows, which tests may set. */
    private volatile Instant now = START;

    private final InstantSource time = () -> now;

    @BeforeEach
    void start() {
        token("reader", Scope.READ);
        server = TestServer.start(
                TestServer.file(directory, TestServer.FLAGS),
                options -> options.tokens(tokens())
                        .clock(time.withZone(ZoneOffset.UTC))
                        .heartbeat(Duration.ofMillis(50)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path tokens() {
        return directory.resolve("tokens.json");
    }

    private String token(String name, Scope... scopes) {
        return TestServer.token(directory, name, null, scopes);
    }

    /** Returns a token that the server knows already. */
    private String known(String name, @Nullable Set<String> flags, Scope... scopes) {
        String token = TestServer.token(directory, name, flags, scopes);
        Eventually.until(() ->
                Set.of(200, 403).contains(server.as(token).get("/v1/document").statusCode()));
        return token;
    }

    private List<AuditEntry> audit() {
        try {
            return FileStore.of(directory.resolve("flags.json")).audit();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("1 asks who has no token for one, in JSON")
    void asks_for_a_token() {
        HttpResponse<String> response = server.as(null).get("/v1/document");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"agentflags\"");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"status\":401", "\"detail\":\"expected a token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Basic YTpi",
                "Bearer x",
                "Bearer af_",
                "Bearer af__",
                "Bearer af_000000000000_x",
                "af_x_y"
            })
    @DisplayName("1 does not know what is no token")
    void does_not_know_what_is_no_token(String authorization) {
        assertThat(server.as(null)
                        .send(server.request("/v1/document").header("Authorization", authorization))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void takes_no_token_from_the_query() {
        String token = known("query", null, Scope.READ);

        assertThat(server.as(null)
                        .get("/v1/document?access_token=" + token + "&token=" + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void asks_nobody_for_a_token_to_see_how_it_is() {
        server.as(null);

        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
    }

    /** What a request asks for; what it comes to where it is allowed. */
    @SuppressWarnings("ImmutableEnumChecker") // they are, as far as tests go
    private enum Request {
        DOCUMENT(server -> server.request("/v1/document"), 200),
        STREAM(server -> server.request("/ofrep/v1/sse").method("HEAD", HttpRequest.BodyPublishers.noBody()), 405),
        METRICS(server -> server.request("/metrics"), 200),
        ACTIVATE(server -> change(server, "POST", "kill-switches/a/activate", ""), 200),
        ACTIVATE_ALL(server -> change(server, "POST", "kill-switches/*/activate", ""), 200),
        DEACTIVATE(server -> change(server, "POST", "kill-switches/a/deactivate", ""), 200),
        DEACTIVATE_ALL(server -> change(server, "POST", "kill-switches/*/deactivate", ""), 200),
        ADVANCE(server -> change(server, "POST", "rollouts/a/advance", ""), 200),
        ROLL_BACK(server -> change(server, "POST", "rollouts/a/roll-back", ""), 200),
        PAUSE(server -> change(server, "POST", "rollouts/a/pause", ""), 200),
        PUT(server -> change(server, "PUT", "flags/a", ", \"flag\": {\"status\": \"off\"}"), 200),
        DELETE(server -> change(server, "DELETE", "flags/a", ""), 200),
        AUDIT(server -> server.request("/v1/audit"), 200),
        AUDIT_CHECK(server -> server.request("/v1/audit/check"), 200),
        PROVIDERS(server -> server.request("/admin/v1/providers"), 200);

        private final Function<TestServer, HttpRequest.Builder> builder;
        private final int allowed;

        Request(Function<TestServer, HttpRequest.Builder> builder, int allowed) {
            this.builder = builder;
            this.allowed = allowed;
        }

        private static HttpRequest.Builder change(TestServer server, String method, String path, String more) {
            return server.json(method, "/admin/v1/" + path, "{\"reason\": \"r\"" + more + "}")
                    .header("If-Match", "*");
        }
    }

    private static final Set<Request> READ = Set.of(Request.DOCUMENT, Request.METRICS);
    private static final Set<Request> KILL = Set.of(Request.ACTIVATE, Request.ACTIVATE_ALL, Request.PAUSE);
    private static final Set<Request> OPERATE = Set.of(Request.ADVANCE, Request.ROLL_BACK, Request.PUT, Request.DELETE);
    private static final Set<Request> REVIVE = Set.of(Request.DEACTIVATE, Request.DEACTIVATE_ALL);
    private static final Set<Request> AUDIT = Set.of(Request.AUDIT, Request.AUDIT_CHECK, Request.PROVIDERS);

    private static final Map<Scope, List<Set<Request>>> ALLOWED = Map.of(
            Scope.READ, List.of(READ),
            Scope.KILL, List.of(READ, KILL),
            Scope.OPERATE, List.of(READ, KILL, OPERATE, AUDIT),
            Scope.REVIVE, List.of(READ, KILL, REVIVE, AUDIT),
            Scope.AUDIT, List.of(AUDIT));

    static Stream<Arguments> matrix() {
        return Stream.of(Scope.values()).map(Arguments::of);
    }

    @ParameterizedTest(name = "2 3 4 30 {0}")
    @MethodSource("matrix")
    void gives_each_scope_its_rights_and_no_others(Scope scope) {
        String token = known("holder", null, scope);
        for (Request request : Request.values()) {
            boolean allowed =
                    Objects.requireNonNull(ALLOWED.get(scope)).stream().anyMatch(set -> set.contains(request));
            String before = serverDocument();
            int status = server.as(token).send(request.builder.apply(server)).statusCode();

            if (request == Request.STREAM) {
                assertThat(status).isEqualTo(405);
            } else if (allowed) {
                assertThat(status).as("%s with %s", request, scope).isIn(request.allowed, 409, 404);
            } else {
                assertThat(status).as("%s with %s", request, scope).isEqualTo(403);
                assertThat(serverDocument()).isEqualTo(before);
            }
        }
    }

    private String serverDocument() {
        return server.server().published().text();
    }

    @Test
    @DisplayName(
            "2 writes into the audit trail who wanted to kill without the right to, and not more than that is worth")
    void audits_who_is_refused() {
        String token = known("agent", null, Scope.READ);
        server.as(token);
        for (int i = 0; i < 50; i++) {
            assertThat(server.activate("a").statusCode()).isEqualTo(403);
        }
        Eventually.until(() -> audit().size() == 30);

        assertThat(audit().get(0).actor()).isEqualTo("agent");
        assertThat(audit().get(0).operation()).isEqualTo("refused");
        assertThat(audit().get(0).flag()).isEqualTo("a");
        assertThat(audit().get(0).reason())
                .isEqualTo("POST /admin/v1/kill-switches/:key/activate: the token has no right to kill");
        assertThat(server.get("/metrics").body())
                .contains("agentflags_refused_requests_total{reason=\"forbidden\"} 50.0");
        assertThat(serverDocument()).isEqualTo(TestServer.FLAGS);
    }

    @Test
    @DisplayName("5 lets a token change only the flags on its list")
    void keeps_to_the_list() {
        String token = known("alerts", Set.of("a"), Scope.KILL, Scope.REVIVE);
        server.as(token);

        assertThat(server.activate("b").statusCode()).isEqualTo(403);
        assertThat(server.activate("*").statusCode()).isEqualTo(403);
        assertThat(server.activate("a").statusCode()).isEqualTo(200);
        assertThat(server.deactivate("b").statusCode()).isEqualTo(403);
        Eventually.until(() -> audit().stream()
                .anyMatch(entry -> "b".equals(entry.flag()) && entry.operation().equals("refused")));

        server.as(known("stop", Set.of("*"), Scope.KILL));
        assertThat(server.activate("b").statusCode()).isEqualTo(403);
        assertThat(server.activate("*").statusCode()).isEqualTo(200);
    }

    @Nested
    class Tokens {

        private boolean counts(String token) {
            return server.as(token).get("/v1/document").statusCode() == 200;
        }

        @Test
        @DisplayName("6 end when they expire")
        void expire() throws IOException {
            String token = TokenFile.of(tokens())
                    .create("short", Set.of(Scope.READ), null, START, START.plus(Duration.ofDays(1)))
                    .secret();
            Eventually.until(() -> counts(token));

            now = START.plus(Duration.ofDays(1)).minusMillis(1);
            assertThat(counts(token)).isTrue();
            now = START.plus(Duration.ofDays(1));
            assertThat(counts(token)).isFalse();
        }

        @Test
        @DisplayName("6 are rotated without a moment in which none counts, and revoked")
        void are_rotated_and_revoked() throws IOException {
            String old = known("agents", null, Scope.READ);
            String next = known("agents", null, Scope.READ);
            assertThat(counts(old)).isTrue();

            TokenFile.of(tokens()).revoke(old.split("_", 3)[1]);
            Eventually.until(() -> !counts(old));
            assertThat(counts(next)).isTrue();
        }

        @Test
        @DisplayName("6 end their streams when they are revoked or expire, and no others")
        void end_their_streams() throws IOException {
            String stays = known("stays", null, Scope.READ);
            String revoked = known("revoked", null, Scope.READ);
            String expires = TokenFile.of(tokens())
                    .create("expires", Set.of(Scope.READ), null, START, START.plus(Duration.ofDays(1)))
                    .secret();
            Eventually.until(() -> counts(expires));
            TestServer.Stream staying = server.as(stays).stream();
            TestServer.Stream leaving = server.as(revoked).stream();
            TestServer.Stream late = server.as(expires).stream();

            TokenFile.of(tokens()).revoke("revoked");
            Eventually.until(leaving::hasEnded);
            assertThat(late.hasEnded()).isFalse();
            now = START.plus(Duration.ofDays(1));
            Eventually.until(late::hasEnded);
            assertThat(staying.hasEnded()).isFalse();
            assertThat(server.server().streams()).isEqualTo(1);
        }

        @Test
        void stay_as_they_were_while_the_file_is_bad() throws IOException {
            String token = known("agents", null, Scope.READ);
            Files.writeString(tokens(), "{");
            String late = "af_000000000000_x";
            for (int i = 0; i < 3; i++) {
                assertThat(counts(late)).isFalse();
                assertThat(counts(token)).isTrue();
            }
            Files.delete(tokens());
            assertThat(counts(token)).isTrue();
            String after = known("after", null, Scope.READ);

            assertThat(counts(after)).isTrue();
            assertThat(counts(token)).as("of the file that is gone").isFalse();
        }

        @Test
        void that_are_bad_are_not_answered_for_ever_and_a_good_one_always_counts() {
            String token = known("agents", null, Scope.READ);
            server.as("af_000000000000_x");
            int status = 0;
            for (int i = 0; i < 30; i++) {
                status = server.get("/v1/document").statusCode();
            }

            assertThat(status).isEqualTo(429);
            assertThat(server.get("/v1/document").headers().firstValue("Retry-After"))
                    .contains("60");
            assertThat(counts(token)).isTrue();
        }
    }
}
