package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OFREP over HTTP: what the translation itself does not decide. */
@SuppressWarnings("NullAway.Init")
class OfrepHttpTest {

    private static final String ALL = "/ofrep/v1/evaluate/flags";
    private static final String APP = "https://app.example.com";

    @TempDir
    Path directory;

    private Served served;

    @BeforeEach
    void serve() throws IOException {
        served = Served.file(directory, OfrepInteropTest.DOCUMENT, options -> options.allowOrigin(APP));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private HttpResponse<String> from(String origin, String method, String path) {
        return served.send(HttpRequest.newBuilder(served.uri(path))
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{}")));
    }

    @Test
    void lets_pages_of_allowed_sites_evaluate_and_see_errors() {
        HttpResponse<String> answer = from(APP, "POST", ALL);
        HttpResponse<String> error = from(APP, "POST", ALL + "/nobody-has-it");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(error.statusCode()).isEqualTo(404);
        for (HttpResponse<String> each : List.of(answer, error)) {
            assertThat(each.headers().firstValue("Access-Control-Allow-Origin")).hasValue(APP);
            assertThat(each.headers().firstValue("Vary")).hasValue("Origin");
            assertThat(each.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

    @Test
    void tells_browsers_what_their_pages_may_ask() {
        HttpResponse<String> answer = from(APP, "OPTIONS", ALL);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(
                        headers -> assertThat(headers).contains("Authorization", "Content-Type", "If-None-Match"));
    }

    @Test
    void refuses_pages_of_other_sites() {
        HttpResponse<String> answer = from("https://evil.example.com", "POST", ALL);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void lets_pages_of_allowed_sites_do_nothing_else() {
        for (String path :
                new String[] {"/v1/document", "/admin/v1/kill-switches/bool/activate", "/admin/v1/drill", "/hooks/v1/x"
                }) {
            assertThat(from(APP, "POST", path).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void refuses_a_body_of_more_than_64_kilobytes_before_it_is_read() {
        assertThat(served.post(ALL, " ".repeat(64 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void is_answered_304_until_a_flag_changes() {
        String etag = served.post(ALL, "{}").headers().firstValue("ETag").orElseThrow();
        assertThat(served.post(ALL, "{}", "If-None-Match", etag).statusCode()).isEqualTo(304);
        served.post("/admin/v1/kill-switches/bool/activate", "{\"reason\": \"test\"}");

        assertThat(served.post(ALL, "{}", "If-None-Match", etag).statusCode()).isEqualTo(200);
    }

    @Test
    void keeps_nothing_of_a_context_in_metrics_audit_or_files() throws IOException {
        String body = "{\"context\":{\"targetingKey\":\"alice@example.com\",\"plan\":\"alice@example.com\"}}";
        served.post(ALL, body);
        served.post(ALL + "/by-user", body);
        served.post(ALL + "/by-user", body + "x");
        served.post(ALL + "/by-user", body.replace("\"alice@example.com\",", "[\"alice@example.com\"],"));

        assertThat(served.metrics()).doesNotContain("alice");
        assertThat(served.audit()).doesNotContain("alice");
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file).replace(OfrepInteropTest.DOCUMENT, ""))
                        .doesNotContain("alice@");
            }
        }
    }

    @Test
    void has_no_store_and_json_in_every_answer() {
        for (HttpResponse<String> answer : List.of(
                served.post(ALL, "{}"),
                served.post(ALL, "["),
                served.post(ALL + "/x", "{}"),
                served.post(ALL + "/a%20b", "{}"))) {
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("json"));
            assertThat(Served.json(Objects.requireNonNull(answer.body()))).isNotNull();
        }
    }
}
