package dev.agentflags.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.admin.Stored;
import dev.agentflags.model.FlagValue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class RemoteFlagAdminTest {

    private static final FlagValue FLAG = new FlagValue.Structure(Map.of("status", new FlagValue.Text("on")));

    private final FakeServer server = new FakeServer();
    private FlagAdmin admin;

    @BeforeEach
    void start() throws IOException {
        server.start();
        admin = RemoteFlags.admin(server.url(), () -> "secret", "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static MockResponse done() {
        return new MockResponse.Builder()
                .addHeader("ETag", "\"8-00000000\"")
                .body(
                        "{\"changed\":true,\"serial\":8,\"etag\":\"\\\"8-00000000\\\"\",\"summary\":\"a is killed\",\"subscribers\":3}")
                .build();
    }

    static Stream<Arguments> operations() {
        String why = "{\"reason\":\"why\",\"actor\":\"alice\"}";
        return Stream.of(
                Arguments.of(new Operation.Kill("a", "why"), "POST", "/kill-switches/a/activate", why),
                Arguments.of(new Operation.KillAll("why"), "POST", "/kill-switches/*/activate", why),
                Arguments.of(new Operation.Revive("a", "why"), "POST", "/kill-switches/a/deactivate", why),
                Arguments.of(new Operation.ReviveAll("why"), "POST", "/kill-switches/*/deactivate", why),
                Arguments.of(new Operation.Advance("a", "why"), "POST", "/rollouts/a/advance", why),
                Arguments.of(new Operation.Pause("a", "why"), "POST", "/rollouts/a/pause", why),
                Arguments.of(new Operation.RollBack("a", "why"), "POST", "/rollouts/a/roll-back", why),
                Arguments.of(
                        new Operation.Put("a", FLAG, "why"),
                        "PUT",
                        "/flags/a",
                        "{\"flag\":{\"status\":\"on\"},\"reason\":\"why\",\"actor\":\"alice\"}"),
                Arguments.of(new Operation.Remove("a", "why"), "DELETE", "/flags/a", why));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("operations")
    void sends_every_operation(Operation operation, String method, String path, String body) throws Exception {
        server.next(done(), done());
        Outcome outcome = admin.apply(operation, null);
        admin.apply(operation, "\"7-0\"");

        assertThat(outcome).isEqualTo(new Outcome(true, 8L, "\"8-00000000\"", "a is killed"));
        RecordedRequest request = server.fetches().get(0);
        assertThat(request.getMethod()).isEqualTo(method);
        assertThat(request.getTarget()).isEqualTo("/admin/v1" + path);
        assertThat(text(request.getBody())).isEqualTo(body);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("If-Match")).isEqualTo(operation.isKill() ? null : "*");
        assertThat(server.fetches().get(1).getHeaders().get("If-Match"))
                .isEqualTo(operation.isKill() ? null : "\"7-0\"");
    }

    private static String text(@Nullable ByteString body) {
        return body == null ? "" : body.utf8();
    }

    @Test
    void knows_every_operation() {
        // the first is refused, see below; the second is not sent yet
        List<Class<?>> known = new ArrayList<>(List.of(Operation.Adopt.class));
        operations().forEach(arguments -> known.add(arguments.get()[0].getClass()));

        assertThat(known).containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
    }

    @Test
    void leaves_a_documents_lineage_to_the_server() {
        assertThatThrownBy(() -> admin.apply(new Operation.Adopt(null, "why"), null))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        assertThat(server.fetches()).isEmpty();
    }

    @Test
    void sends_keys_that_are_none_so_that_the_server_can_say_so() throws Exception {
        server.next(done());
        admin.kill("a/../b c?", "why");

        assertThat(server.fetches().get(0).getTarget()).isEqualTo("/admin/v1/kill-switches/a%2F..%2Fb%20c%3F/activate");
    }

    @Test
    void says_that_nothing_has_changed() throws Exception {
        server.next(new MockResponse.Builder()
                .body("{\"changed\":false,\"serial\":null,\"etag\":\"\\\"x\\\"\",\"summary\":\"already so\"}")
                .build());

        assertThat(admin.kill("a", "why")).isEqualTo(new Outcome(false, null, "\"x\"", "already so"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "404, NO_SUCH_FLAG, NO_SUCH_FLAG",
        "409, REFUSED, REFUSED",
        "412, CONFLICT, CONFLICT",
        "422, INVALID, INVALID",
        "503, UNAVAILABLE, UNAVAILABLE",
        "403, FORBIDDEN, FORBIDDEN",
        "401, , FORBIDDEN",
        "403, , FORBIDDEN",
        "400, , INVALID",
        "404, , UNAVAILABLE",
        "412, , CONFLICT",
        "413, , INVALID",
        "428, , CONFLICT",
        "500, , UNAVAILABLE",
        "409, LATER, REFUSED",
    })
    void throws_what_the_server_says(int status, @Nullable String kind, Kind expected) {
        server.next(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/problem+json")
                .body("{\"status\":%d,\"detail\":\"because\"%s}"
                        .formatted(status, kind == null ? "" : ",\"kind\":\"" + kind + "\""))
                .build());

        assertThatThrownBy(() -> admin.advance("a", "why"))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(expected))
                .hasMessage("because");
    }

    @Test
    void says_what_is_wrong_where_it_is_not_the_server_that_answers() {
        server.next(
                new MockResponse.Builder().code(502).body("<html>").build(),
                new MockResponse.Builder().body("<html>").build(),
                new MockResponse.Builder().body("{}").build());

        assertThatThrownBy(() -> admin.kill("a", "why")).hasMessage("HTTP 502");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> admin.kill("a", "why"))
                    .isInstanceOfSatisfying(
                            AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessage("what answers is not a flag server");
        }
    }

    @Test
    void does_not_do_twice_what_may_have_been_done() {
        server.next(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThatThrownBy(() -> admin.advance("a", "why"))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageStartingWith(server.url() + "v1/document: ");
        assertThat(server.fetches()).hasSize(1);
    }

    @Test
    void returns_the_document_and_its_version() throws Exception {
        server.serve(Rig.document(1, false), "\"1-0\"");

        assertThat(admin.document()).isEqualTo(new Stored(Rig.document(1, false), "\"1-0\""));
    }

    @Test
    void works_with_the_url_of_the_document_too() throws Exception {
        server.next(done());
        RemoteFlags.builder(server.url() + "flags/v1/document").admin("alice").kill("a", "why");

        assertThat(server.fetches().get(0).getTarget()).isEqualTo("/flags/admin/v1/kill-switches/a/activate");
    }

    @Test
    void returns_the_audit_trail_however_long_it_is() throws Exception {
        List<AuditEntry> entries = IntStream.range(0, 20_000)
                .mapToObj(i -> new AuditEntry(
                        Instant.ofEpochSecond(i), "alice {\"", "kill", "a", "] } , ".repeat(50), FLAG, null, (long) i))
                .toList();
        server.next(new MockResponse.Builder()
                .body(entries.stream()
                        .map(AuditEntry::toJson)
                        .collect(Collectors.joining(", ", "{\"entries\": [", "]}")))
                .build());

        assertThat(admin.audit()).isEqualTo(entries);
        assertThat(server.fetches().get(0).getTarget()).isEqualTo("/v1/audit");
    }

    @Test
    void returns_an_audit_trail_that_is_empty() throws Exception {
        server.next(new MockResponse.Builder().body("{\"entries\":[]}").build());

        assertThat(admin.audit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "[]",
        "{}",
        "'{\"entries\":['",
        "'{\"entries\":[{]}'",
        "'{\"entries\":[7]}'",
        "'{\"entries\":[{}]}'"
    })
    void says_that_what_it_gets_is_no_audit_trail(String body) {
        server.next(new MockResponse.Builder().body(body).build());

        assertThatThrownBy(() -> admin.audit())
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
}
