package dev.agentflags.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

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

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(byte[] bytes) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(bytes)) + ":";
    }

    private static String etag() {
        return "\"7-" + HexFormat.of().formatHex(sha256(TestServer.FLAGS.getBytes(UTF_8)), 0, 4) + "\"";
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void is_the_file_byte_for_byte() {
        HttpResponse<String> response = server.get("/v1/document");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(TestServer.FLAGS);
        assertThat(header(response, "ETag")).isEqualTo(etag());
        assertThat(header(response, "Content-Digest")).isEqualTo(digest(TestServer.FLAGS.getBytes(UTF_8)));
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(response, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(response, "Link"))
                .isEqualTo("<../ofrep/v1/sse>; rel=\"monitor\"; type=\"text/event-stream\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "\"x\",W/%s , \"y\"", "*"})
    void is_not_sent_again_to_those_who_have_it(String ifNoneMatch) {
        HttpResponse<String> response =
                server.send(server.request("/v1/document").header("If-None-Match", ifNoneMatch.formatted(etag())));

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "ETag")).isEqualTo(etag());
        assertThat(header(response, "Link")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7-00000000\"", "7", "\"x\", \"y\""})
    void is_sent_to_those_who_have_another(String ifNoneMatch) {
        assertThat(server.send(server.request("/v1/document").header("If-None-Match", ifNoneMatch))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void has_another_etag_after_every_change() {
        server.activate("a");

        assertThat(server.send(server.request("/v1/document").header("If-None-Match", etag()))
                        .body())
                .contains("\"serial\": 8", "\"engaged\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | gzip",
                "br, gzip;q=0.5 | gzip",
                "* | gzip",
                "deflate, X-GZIP | gzip",
                "gzip;q=0 | ''",
                "gzip; q=0.000, * | ''",
                "br | ''",
                "identity | ''"
            })
    void is_compressed_for_those_who_take_it(String accept, String encoding) throws IOException {
        HttpResponse<byte[]> response = server.send(
                server.request("/v1/document").header("Accept-Encoding", accept), BodyHandlers.ofByteArray());

        assertThat(header(response, "Content-Encoding")).isEqualTo(encoding);
        assertThat(header(response, "Content-Digest"))
                .as("of the bytes as they are sent")
                .isEqualTo(digest(response.body()));
        byte[] plain = encoding.isEmpty()
                ? response.body()
                : new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(new String(plain, UTF_8)).isEqualTo(TestServer.FLAGS);
        assertThat(header(response, "ETag")).isEqualTo(etag());
    }

    @Test
    void shows_only_its_head_where_that_is_asked_for() {
        HttpResponse<String> response =
                server.send(server.request("/v1/document").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "Content-Length")).isEqualTo("" + TestServer.FLAGS.length());
        assertThat(header(response, "ETag")).isEqualTo(etag());
    }
}
