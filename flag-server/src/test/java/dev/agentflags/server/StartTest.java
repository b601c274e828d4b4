package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.file.FileStore;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.store.FileFlagStore;
import dev.agentflags.server.store.FlagStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @TempDir
    Path directory;

    private FlagStore store() {
        return TestServer.file(directory, TestServer.FLAGS);
    }

    private static FlagServerOptions.Builder options(FlagStore store) {
        return FlagServerOptions.builder(store).port(0);
    }

    @Test
    void gives_a_document_without_lineage_and_serial_both() throws IOException {
        String minimal = """
                {
                  "a": { "status": "percentage",   "percentage": 5 }
                }
                """;
        try (var server = TestServer.start(TestServer.file(directory, minimal), options -> {})) {
            String served = server.get("/v1/document").body();

            assertThat(served)
                    .isEqualTo(Files.readString(directory.resolve("flags.json")))
                    .containsPattern(
                            "\"version\": 1,\\s+\"lineage\": \"[0-9a-f-]{36}\",\\s+\"serial\": 1,\\s+\"flags\": \\{")
                    .contains("\"a\": { \"status\": \"percentage\",   \"percentage\": 5 }");
            assertThat(FileStore.of(directory.resolve("flags.json")).audit())
                    .extracting(AuditEntry::operation)
                    .containsExactly("adopt");
        }
        try (var server = TestServer.start(FileFlagStore.of(directory.resolve("flags.json")), options -> {})) {
            assertThat(server.server().published().serial()).isEqualTo(1);
        }
    }

    @Test
    void begins_a_document_where_it_is_told_to() throws IOException {
        var store = FileFlagStore.of(directory.resolve("new.json"));
        assertThat(store.create()).isTrue();
        assertThat(store.create()).isFalse();

        try (var server = TestServer.start(store, options -> {})) {
            assertThat(server.put("a", "{\"status\": \"on\"}").body()).contains("\"serial\":2");
        }
    }

    @Test
    void needs_a_document_that_can_be_served() {
        assertThatThrownBy(() -> FlagServer.start(options(FileFlagStore.of(directory.resolve("none.json")))
                        .build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> FlagServer.start(
                        options(TestServer.file(directory, "{")).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused, mend it first");
        assertThatThrownBy(() -> FlagServer.start(options(TestServer.file(
                                directory, "{\"version\": 1, \"flags\": {\"a\": {\"status\": \"maybe\"}}}"))
                        .build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/flags/a/status");
    }

    @Test
    void needs_a_port_that_is_free() throws IOException {
        try (var first = FlagServer.start(options(store()).build())) {
            assertThatThrownBy(() -> FlagServer.start(
                            options(store()).port(first.uri().getPort()).build()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "cannot listen at 127.0.0.1:" + first.uri().getPort());
        }
    }

    @Test
    void needs_tokens_that_can_be_read() throws IOException {
        Path tokens = directory.resolve("tokens.json");
        assertThatThrownBy(
                        () -> FlagServer.start(options(store()).tokens(tokens).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no file of tokens " + tokens);
        Files.writeString(tokens, "{\"version\": 1, \"tokens\": [{\"id\": \"abcdef12\", \"expiers\": \"never\"}]}");
        assertThatThrownBy(
                        () -> FlagServer.start(options(store()).tokens(tokens).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokens.json: /tokens/0: expected one of [")
                .hasMessageContaining("found \"expiers\"");
    }

    @Test
    @DisplayName(
            "28 serves other machines only with tokens, and over TLS unless it is told that something else has that")
    void serves_other_machines_only_with_tokens() throws IOException {
        TestServer.token(directory, "t", null, Scope.READ);
        Path tokens = directory.resolve("tokens.json");

        assertThatThrownBy(
                        () -> FlagServer.start(options(store()).host("0.0.0.0").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without tokens");
        assertThatThrownBy(() -> FlagServer.start(
                        options(store()).host("0.0.0.0").insecureHttp(true).build()))
                .hasMessageContaining("without tokens");
        assertThatThrownBy(() -> FlagServer.start(
                        options(store()).host("0.0.0.0").tokens(tokens).build()))
                .hasMessageContaining("without TLS");
        FlagServer.start(options(store())
                        .host("0.0.0.0")
                        .tokens(tokens)
                        .insecureHttp(true)
                        .build())
                .close();
    }

    @Test
    void speaks_tls_and_reads_its_certificate_again() throws Exception {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        Path chain = directory.resolve("tls.crt");
        Path key = directory.resolve("tls.key");
        write(certificate(authority, 1), chain, key);
        var trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .build();

        try (var server = FlagServer.start(options(store()).tls(chain, key).build())) {
            assertThat(server.uri().getScheme()).isEqualTo("https");
            assertThat(serial(server, trust)).isEqualTo(1);
            Files.writeString(chain, "nonsense");
            write(certificate(authority, 2), chain, key);
            Eventually.until(() -> serial(server, trust) == 2);
        }
    }

    private static HeldCertificate certificate(HeldCertificate authority, long serial) {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .serialNumber(serial)
                .signedBy(authority)
                .build();
    }

    private static void write(HeldCertificate certificate, Path chain, Path key) throws IOException {
        Files.writeString(key, certificate.privateKeyPkcs8Pem());
        Files.writeString(chain, certificate.certificatePem());
    }

    private static long serial(FlagServer server, HandshakeCertificates trust) {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trust.sslContext()).build();
        try {
            SSLSession session = client.send(
                            HttpRequest.newBuilder(server.uri().resolve("/v1/document"))
                                    .build(),
                            BodyHandlers.ofString())
                    .sslSession()
                    .orElseThrow();
            return ((X509Certificate) session.getPeerCertificates()[0])
                    .getSerialNumber()
                    .longValue();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leaves_nothing_behind_when_it_stops() throws IOException {
        var server = FlagServer.start(options(store()).build());
        long before = System.nanoTime();
        server.close();
        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        Eventually.until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.startsWith("agentflags-") || name.startsWith("vert.x-")));
    }
}
