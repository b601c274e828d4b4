package dev.agentflags.remote;

import static dev.agentflags.remote.Rig.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.program.WithPrograms;
import dev.agentflags.remote.follow.Answer;
import dev.agentflags.remote.follow.Origin;
import dev.agentflags.remote.follow.Timing;
import dev.agentflags.remote.http.Address;
import dev.agentflags.remote.http.HttpOptions;
import dev.agentflags.remote.http.HttpOrigin;
import dev.openfeature.sdk.ProviderState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider and a real nginx, as a static host and as a proxy in front of a server. */
@WithPrograms("nginx")
@Timeout(120)
class NginxTest {

    private static final String GZIP = "gzip on; gzip_types application/json; gzip_min_length 1;";

    private final Rig rig = new Rig();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        rig.close();
    }

    private static void put(Nginx nginx, String document) throws IOException {
        put(nginx, document, FileTime.fromMillis(System.currentTimeMillis()));
    }

    private static void put(Nginx nginx, String document, FileTime time) throws IOException {
        Path prepared = Files.writeString(nginx.document().resolveSibling("new"), document);
        Files.setLastModifiedTime(prepared, time);
        Files.move(prepared, nginx.document(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Answer fetch(Nginx nginx, @Nullable String etag) {
        var options = new HttpOptions(Address.of(nginx.url()), null, false, false, false, null, null);
        try (var origin = new HttpOrigin(options, true, Duration.ofSeconds(1))) {
            return origin.fetch(new Origin.Request(etag, "id=1", Duration.ofSeconds(5)));
        }
    }

    private static Answer.Document fetchDocument(Nginx nginx) {
        return (Answer.Document) fetch(nginx, null);
    }

    @Nested
    class StaticHost {

        @Test
        void of_a_document_that_changes_is_polled() throws IOException {
            try (Nginx nginx = Nginx.start(directory, "root html;")) {
                put(nginx, document(1, false));
                rig.start(nginx.url());
                assertThat(rig.isOn()).isTrue();
                put(nginx, document(2, true));

                Eventually.until(rig::isKilled);
            }
        }

        @Test
        void is_asked_with_its_etag() throws IOException {
            try (Nginx nginx = Nginx.start(directory, "root html;")) {
                put(nginx, document(1, false));
                String etag = fetchDocument(nginx).etag();

                assertThat(etag).startsWith("\"");
                assertThat(fetch(nginx, etag)).isEqualTo(new Answer.NotModified());
            }
        }

        @Test
        void that_compresses_is_asked_with_its_weak_etag() throws IOException {
            try (Nginx nginx = Nginx.start(directory, "root html; " + GZIP)) {
                put(nginx, document(1, false));
                Answer.Document answer = fetchDocument(nginx);

                assertThat(answer.etag()).startsWith("W/\"");
                assertThat(new String(answer.utf8(), StandardCharsets.UTF_8)).isEqualTo(document(1, false));
                assertThat(fetch(nginx, answer.etag())).isEqualTo(new Answer.NotModified());
            }
        }

        @Test
        void whose_etag_is_the_same_after_an_edit_of_the_same_size_in_the_same_second_is_found_out()
                throws IOException {
            try (Nginx nginx = Nginx.start(directory, "root html;")) {
                FileTime now = FileTime.fromMillis(1_764_000_000_000L);
                put(nginx, document(1, false), now);
                String etag = fetchDocument(nginx).etag();
                rig.timing(wholeAfter(Duration.ofSeconds(1))).start(nginx.url());
                put(nginx, document(2, true).replace("true", "true "), now);

                assertThat(fetch(nginx, etag)).isEqualTo(new Answer.NotModified());
                Eventually.until(rig::isKilled);
            }
        }

        private Timing wholeAfter(Duration whole) {
            Timing fast = Timings.FAST;
            return new Timing(
                    fast.call(),
                    fast.firstCall(),
                    fast.poll(),
                    fast.safetyPoll(),
                    whole,
                    fast.heartbeat(),
                    fast.staleAfter(),
                    null,
                    fast.retry(),
                    fast.maxRetry(),
                    fast.lastingRetry(),
                    fast.maxLastingRetry(),
                    fast.healthy(),
                    fast.streamRetry(),
                    fast.catchUp(),
                    fast.catchUpFor(),
                    fast.firstDocument());
        }

        @Test
        void that_loses_the_document_takes_nothing_away() throws IOException {
            try (Nginx nginx = Nginx.start(directory, "root html;")) {
                put(nginx, document(1, true));
                rig.start(nginx.url());
                Files.delete(nginx.document());
                rig.until(ProviderState.STALE);
                assertThat(rig.isKilled()).isTrue();
                put(nginx, document(2, false));

                rig.until(ProviderState.READY);
                assertThat(rig.isOn()).isTrue();
            }
        }
    }

    @Nested
    class Proxy {

        private final FakeServer server = new FakeServer();

        @AfterEach
        void stopServer() {
            server.close();
        }

        private Nginx start(String settings) throws IOException {
            server.start();
            return Nginx.start(
                    directory, "proxy_pass http://127.0.0.1:%d; %s".formatted(server.web.getPort(), settings));
        }

        @Test
        void that_cuts_a_silent_stream_does_no_harm() throws IOException {
            server.stream(null).serve(document(1, false));
            try (Nginx nginx = start("proxy_read_timeout 300ms;")) {
                rig.timing(Timings.PUSHED).start(nginx.url());
                Eventually.until(() -> server.listens().size() >= 5);
                assertThat(rig.states).doesNotContain(ProviderState.STALE);
                server.serve(document(2, true));
                server.say(FakeServer.event(2));

                Eventually.until(rig::isKilled);
            }
        }

        @Test
        void that_compresses_leaves_a_digest_that_is_still_right() throws IOException {
            String text = document(1, false);
            String digest = "sha-256=:" + ByteString.encodeUtf8(text).sha256().base64() + ":";
            server.finish(answer ->
                            answer.addHeader("Content-Digest", digest).addHeader("Content-Type", "application/json"))
                    .serve(text, "\"1\"");
            try (Nginx nginx = start(GZIP)) {
                assertThat(fetchDocument(nginx).etag()).isEqualTo("W/\"1\"");
                rig.start(nginx.url());

                assertThat(rig.isOn()).isTrue();
            }
        }

        @Test
        void whose_server_is_down_takes_nothing_away() throws IOException {
            server.serve(document(1, true));
            try (Nginx nginx = start("proxy_connect_timeout 300ms;")) {
                rig.start(nginx.url());
                server.close();
                rig.until(ProviderState.STALE);

                assertThat(rig.isKilled()).isTrue();
                assertThat(rig.reason()).contains("HTTP 502");
            }
        }
    }
}
