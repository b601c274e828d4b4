package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.remote.FakeServer;
import dev.agentflags.remote.follow.Answer;
import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import dev.agentflags.remote.follow.Notice;
import dev.agentflags.remote.follow.Origin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real client and a server that does what a test says. */
@Timeout(60)
class HttpOriginTest {

    private static final String DOCUMENT = "{\"version\": 1, \"flags\": {}}";

    private final FakeServer server = new FakeServer();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpOptions options() {
        return options(server.url(), null, false, null, null);
    }

    private static HttpOptions options(
            String url,
            @Nullable Token token,
            boolean redirects,
            @Nullable Path certificates,
            @Nullable InetSocketAddress proxy) {
        return new HttpOptions(Address.of(url), token, true, false, redirects, certificates, proxy);
    }

    private static HttpOrigin origin(HttpOptions options) {
        return new HttpOrigin(options, true, Duration.ofMillis(500));
    }

    private Answer fetch() {
        return fetch(options());
    }

    private static Answer fetch(HttpOptions options) {
        return fetch(options, null);
    }

    private static Answer fetch(HttpOptions options, @Nullable String etag) {
        try (HttpOrigin origin = origin(options)) {
            return origin.fetch(new Origin.Request(etag, "id=1;state=READY", Duration.ofSeconds(2)));
        }
    }

    private static void assertThatItIsTheDocument(Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Document.class,
                        document -> assertThat(document.utf8()).isEqualTo(DOCUMENT.getBytes(StandardCharsets.UTF_8)));
    }

    @Nested
    class Requests {

        @Test
        void say_what_they_have_and_who_asks() throws IOException {
            server.serve(DOCUMENT).start();
            fetch(options(server.url(), Token.of("secret"), false, null, null), "W/\"1\"");

            RecordedRequest request = server.fetches().get(0);
            assertThat(request.getTarget()).isEqualTo("/v1/document");
            assertThat(request.getHeaders().get("If-None-Match")).isEqualTo("W/\"1\"");
            assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
            assertThat(request.getHeaders().get("Cache-Control")).isEqualTo("no-cache");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
            assertThat(request.getHeaders().get("Flags-Client")).isEqualTo("id=1;state=READY");
        }

        @Test
        void without_a_token_to_be_had_are_not_made() throws IOException {
            server.serve(DOCUMENT).start();
            Answer answer = fetch(options(server.url(), Token.in(directory.resolve("none")), false, null, null));

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.problem()).contains("the token's file"));
            assertThat(server.fetches()).isEmpty();
        }

        @Test
        void of_one_that_is_closed_come_to_nothing() throws IOException {
            server.serve(DOCUMENT).start();
            HttpOrigin origin = origin(options());
            origin.close();

            assertThat(origin.fetch(new Origin.Request(null, "", Duration.ofSeconds(2))))
                    .isInstanceOf(Failure.class);
            assertThat(server.fetches()).isEmpty();
        }
    }

    @Nested
    class Answers {

        @Test
        void have_the_document_its_etag_and_its_stream() throws IOException {
            server.stream(null).serve(DOCUMENT, "\"1\"").start();
            Answer answer = fetch();

            assertThatItIsTheDocument(answer);
            assertThat(answer).isInstanceOfSatisfying(Answer.Document.class, document -> {
                assertThat(document.etag()).isEqualTo("\"1\"");
                assertThat(document.stream()).isEqualTo(URI.create(server.url()).resolve(FakeServer.STREAM));
            });
        }

        @Test
        void have_no_stream_that_is_elsewhere_or_not_wanted() throws IOException {
            server.start();
            server.next(server.good(DOCUMENT, null)
                    .addHeader("Link", "<https://evil.example.com/s>; rel=\"monitor\"")
                    .build());
            assertThat(((Answer.Document) fetch()).stream()).isNull();

            server.stream(null).serve(DOCUMENT);
            try (var polling = new HttpOrigin(options(), false, Duration.ofSeconds(1))) {
                assertThat(((Answer.Document) polling.fetch(new Origin.Request(null, "", Duration.ofSeconds(2))))
                                .stream())
                        .isNull();
            }
        }

        @Test
        void that_ask_to_wait_say_how_long() throws IOException {
            server.start();
            server.next(
                    new MockResponse.Builder()
                            .code(429)
                            .addHeader("Retry-After", "7")
                            .build(),
                    new MockResponse.Builder()
                            .code(503)
                            .addHeader("Retry-After", "Mon, 23 Nov 2020 01:00:30 GMT")
                            .addHeader("Date", "Mon, 23 Nov 2020 01:00:00 GMT")
                            .build());

            assertThat(fetch()).isEqualTo(new Failure("HTTP 429", Kind.PASSING, Duration.ofSeconds(7)));
            assertThat(fetch()).isEqualTo(new Failure("HTTP 503", Kind.PASSING, Duration.ofSeconds(30)));
        }

        @Test
        void that_will_be_the_same_tomorrow_are_told_from_those_that_will_pass() throws IOException {
            server.start();
            for (int status : new int[] {400, 401, 403, 404, 410, 204}) {
                server.withdraw(status);
                assertThat(((Failure) fetch()).kind()).isEqualTo(Kind.LASTING);
            }
            for (int status : new int[] {408, 425, 429, 500, 502, 503, 504}) {
                server.withdraw(status);
                assertThat(((Failure) fetch()).kind()).isEqualTo(Kind.PASSING);
            }
        }

        @Test
        void that_are_too_late_are_none() throws IOException {
            server.next(new MockResponse.Builder()
                            .onResponseStart(SocketEffect.Stall.INSTANCE)
                            .build())
                    .start();

            assertThat(fetch()).isEqualTo(Failure.passing("no answer in time"));
        }
    }

    @Nested
    class Redirections {

        private MockResponse to(String location) {
            return new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", location)
                    .build();
        }

        @Test
        void are_not_followed() throws IOException {
            server.next(to("/elsewhere")).serve(DOCUMENT).start();

            assertThat(fetch()).isEqualTo(Failure.lasting("HTTP 302, a redirection, which is not followed"));
            assertThat(server.fetches()).hasSize(1);
        }

        @Test
        void to_the_same_origin_are_followed_where_that_is_wanted() throws IOException {
            server.next(to("/elsewhere"), to("again")).serve(DOCUMENT).start();

            assertThatItIsTheDocument(fetch(options(server.url(), null, true, null, null)));
            assertThat(server.fetches().stream().map(RecordedRequest::getTarget))
                    .as("each is beside the one before it")
                    .containsExactly("/v1/document", "/elsewhere", "/again");
        }

        @Test
        void lead_to_the_stream_beside_the_document_that_they_lead_to() throws IOException {
            server.next(
                            to("/prefix/v1/document"),
                            server.good(DOCUMENT, null)
                                    .addHeader("Link", "<../ofrep/v1/sse>; rel=\"monitor\"")
                                    .build())
                    .start();

            assertThat(fetch(options(server.url(), null, true, null, null)))
                    .isInstanceOfSatisfying(
                            Answer.Document.class,
                            document -> assertThat(document.stream())
                                    .isEqualTo(URI.create(server.url()).resolve("/prefix/ofrep/v1/sse")));
        }

        @Test
        void to_another_origin_are_never_followed_and_get_no_token() throws IOException {
            try (var other = new FakeServer()) {
                other.serve(DOCUMENT).start();
                server.start();
                for (String location : List.of(other.url(), "http://169.254.169.254/", "file:///etc/passwd")) {
                    server.next(to(location));
                    assertThat(fetch(options(server.url(), Token.of("secret"), true, null, null)))
                            .isInstanceOf(Failure.class);
                }

                assertThat(other.fetches()).isEmpty();
            }
        }

        @Test
        void without_end_come_to_one() throws IOException {
            server.start();
            for (int i = 0; i < 10; i++) {
                server.next(to("/elsewhere"));
            }

            assertThat(fetch(options(server.url(), null, true, null, null))).isInstanceOf(Failure.class);
            assertThat(server.fetches()).hasSize(6);
        }
    }

    @Nested
    class Tls {

        private final HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();

        private HeldCertificate.Builder certificate() {
            return new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName("localhost");
        }

        private Answer fetchFrom(HeldCertificate certificate, boolean trusted) throws IOException {
            var held = new HandshakeCertificates.Builder()
                    .heldCertificate(certificate, authority.certificate())
                    .build();
            server.web.useHttps(held.sslSocketFactory());
            server.serve(DOCUMENT).start();
            Path pem = Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
            return fetch(options(server.url(), null, false, trusted ? pem : null, null));
        }

        private void assertThatItIsNotTrusted(Answer answer) {
            assertThat(answer).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.problem()).startsWith("TLS: ");
                assertThat(failure.kind()).isEqualTo(Kind.LASTING);
            });
            assertThat(server.fetches()).isEmpty();
        }

        @Test
        void is_trusted_by_the_authority_that_was_set() throws IOException {
            assertThatItIsTheDocument(fetchFrom(certificate().build(), true));
        }

        @Test
        void is_not_trusted_otherwise() throws IOException {
            assertThatItIsNotTrusted(fetchFrom(certificate().build(), false));
        }

        @Test
        void is_not_trusted_with_another_name() throws IOException {
            var other = new HeldCertificate.Builder()
                    .signedBy(authority)
                    .addSubjectAlternativeName("other.example.com")
                    .build();

            assertThatItIsNotTrusted(fetchFrom(other, true));
        }

        @Test
        void is_not_trusted_when_it_has_expired() throws IOException {
            var expired = certificate().validityInterval(0, 86_400_000).build();

            assertThatItIsNotTrusted(fetchFrom(expired, true));
        }

        @Test
        void that_ends_in_the_middle_is_likely_to_pass() throws IOException {
            server.start();
            server.next(new MockResponse.Builder().failHandshake().build());
            var https = options(server.url().replace("http:", "https:"), null, false, null, null);

            assertThat(fetch(https)).isInstanceOf(Failure.class);
        }

        @Test
        void is_refused_at_once_without_certificates_to_trust() throws IOException {
            Path empty = Files.writeString(directory.resolve("empty.pem"), "");
            Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "-----BEGIN CERTIFICATE-----\nx\n");
            for (Path pem : List.of(empty, nonsense, directory.resolve("none.pem"))) {
                assertThatThrownBy(() -> origin(options("https://localhost", null, false, pem, null)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("certificateAuthority: " + pem);
            }
        }
    }

    @Test
    void goes_through_a_proxy() throws IOException {
        server.serve(DOCUMENT).start();
        var proxy = new InetSocketAddress("localhost", server.web.getPort());

        assertThatItIsTheDocument(fetch(options("http://flags.invalid/f.json", null, false, null, proxy)));
        assertThat(server.fetches().get(0).getTarget()).isEqualTo("http://flags.invalid/f.json");
    }

    @Test
    void does_not_connect_to_a_name_that_stands_for_a_private_address() throws IOException {
        server.serve(DOCUMENT).start();
        var guarded = new HttpOptions(Address.of(server.url()), null, true, true, false, null, null);

        assertThat(fetch(guarded))
                .isEqualTo(Failure.lasting("localhost is not a public address, and others are refused"));
        assertThat(server.fetches()).isEmpty();
    }

    @Nested
    class Streams {

        private final List<Object> heard = new ArrayList<>();

        private final Origin.Hearing hearing = new Origin.Hearing() {
            @Override
            public void opened() {
                heard.add("opened");
            }

            @Override
            public void alive() {
                heard.add("alive");
            }

            @Override
            public void announced(Notice notice) {
                heard.add(notice.serial() == null ? "something" : notice.serial());
            }

            @Override
            public void retry(Duration delay) {
                heard.add(delay);
            }
        };

        private Failure listen() throws IOException {
            server.start();
            try (HttpOrigin origin = origin(options())) {
                return origin.listen(URI.create(server.url()).resolve(FakeServer.STREAM), "id=1", hearing);
            }
        }

        private MockResponse.Builder events(String events) {
            return new MockResponse.Builder()
                    .addHeader("Content-Type", "text/event-stream;charset=utf-8")
                    .body(events);
        }

        @Test
        void are_heard_to_their_end() throws IOException {
            server.nextStream(events("retry: 1000\n: hb\n\n" + FakeServer.event(7) + "data: x\n\n")
                    .build());

            assertThat(listen()).isEqualTo(Failure.passing("the server has ended it"));
            assertThat(heard).containsExactly("opened", Duration.ofSeconds(1), "alive", 7L, "something");
            assertThat(server.listens().get(0).getHeaders().get("Accept")).isEqualTo("text/event-stream");
            assertThat(server.listens().get(0).getHeaders().get("Flags-Client")).isEqualTo("id=1");
        }

        @Test
        void that_are_silent_are_given_up() throws IOException {
            server.nextStream(events(FakeServer.event(7) + FakeServer.event(8))
                    .throttleBody(FakeServer.event(7).length(), 30, TimeUnit.SECONDS)
                    .build());

            assertThat(listen()).isEqualTo(Failure.passing("no answer in time"));
            assertThat(heard).containsExactly("opened", 7L);
        }

        @Test
        void are_not_there_where_the_server_says_so() throws IOException {
            server.start();
            for (int status : new int[] {204, 404, 405, 406, 410, 501}) {
                server.nextStream(FakeServer.status(status));
                try (HttpOrigin origin = origin(options())) {
                    URI stream = URI.create(server.url()).resolve(FakeServer.STREAM);
                    assertThat(origin.listen(stream, "", hearing).kind()).isEqualTo(Kind.UNSUPPORTED);
                }
            }

            assertThat(heard).isEmpty();
        }

        @Test
        void are_not_there_where_it_is_a_page() throws IOException {
            server.nextStream(new MockResponse.Builder()
                    .addHeader("Content-Type", "text/html")
                    .body("<html>")
                    .build());

            assertThat(listen().kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(heard).isEmpty();
        }

        @Test
        void that_are_refused_for_the_token_are_told_from_those_that_are_too_many() throws IOException {
            server.nextStream(
                    FakeServer.status(401),
                    new MockResponse.Builder()
                            .code(503)
                            .addHeader("Retry-After", "9")
                            .build());

            assertThat(listen().kind()).isEqualTo(Kind.LASTING);
            try (HttpOrigin origin = origin(options())) {
                URI stream = URI.create(server.url()).resolve(FakeServer.STREAM);
                assertThat(origin.listen(stream, "", hearing))
                        .isEqualTo(new Failure("HTTP 503", Kind.PASSING, Duration.ofSeconds(9)));
            }
        }
    }
}
