package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "https://flags.example.com, https://flags.example.com/v1/document",
        "https://flags.example.com/, https://flags.example.com/v1/document",
        "https://flags.example.com:8443?env=prod, https://flags.example.com:8443/v1/document?env=prod",
        "https://flags.example.com/v1/document, https://flags.example.com/v1/document",
        "HTTPS://static.example.com/a%20b/flags.json?x=1#f, https://static.example.com/a%20b/flags.json?x=1",
        "http://[::1]:8080, http://[::1]:8080/v1/document",
    })
    void is_of_a_server_or_of_a_document(String url, URI document) {
        assertThat(Address.of(url).document()).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flags.example.com",
                "flags.example.com:443",
                "/v1/document",
                "file:///etc/passwd",
                "ftp://flags.example.com",
                "jar:https://x!/y",
                "https://",
                "https:///x",
                "https://a b",
                "https://alice:secret@flags.example.com",
                "https://secret@flags.example.com",
                "https://secret@under_score.example.com",
            })
    void is_refused_without_repeating_it_where_it_is_neither(String url) {
        assertThatThrownBy(() -> Address.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: expected ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void is_shown_without_its_query() {
        assertThat(Address.of("https://static.example.com/flags.json?signature=secret"))
                .hasToString("https://static.example.com/flags.json");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "http://flags.example.com, true",
        "http://10.0.0.1, true",
        "http://128.0.0.1, true",
        "http://localhost.example.com, true",
        "http://[::2], true",
        "http://[::ffff:10.0.0.1], true",
        "https://flags.example.com, false",
        "http://localhost:8080, false",
        "http://a.LOCALHOST, false",
        "http://127.1.2.3, false",
        "http://[::1]:80, false",
        "http://[0:0:0:0:0:0:0:1], false",
    })
    void can_be_read_on_the_way_where_it_is_http_to_another_machine(String url, boolean readable) {
        assertThat(Address.of(url).isReadableOnTheWay()).isEqualTo(readable);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://flags.example.com, https://flags.example.com/admin",
        "https://flags.example.com/prefix/v1/document?x=1, https://flags.example.com/prefix/admin",
        "https://flags.example.com/prefix/, https://flags.example.com/prefix/admin",
    })
    void knows_what_is_beside_the_document(String url, URI beside) {
        assertThat(Address.of(url).beside("/admin")).isEqualTo(beside);
    }

    @Nested
    class SameOrigin {

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "/ofrep/v1/sse, https://flags.example.com/ofrep/v1/sse",
            "../ofrep/v1/sse, https://flags.example.com/ofrep/v1/sse",
            "../../../s, https://flags.example.com/s",
            "stream?x=1, https://flags.example.com/v1/stream?x=1",
            "?x=1, https://flags.example.com/v1/document?x=1",
            "HTTPS://FLAGS.example.com:443/s, https://flags.example.com/s",
        })
        void is_what_the_same_server_has(String reference, URI target) {
            assertThat(sameOrigin(reference)).isEqualTo(target);
        }

        private static @Nullable URI sameOrigin(String reference) {
            Address address = Address.of("https://flags.example.com");
            return address.sameOrigin(address.document(), reference);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "../ofrep/v1/sse, https://flags.example.com/prefix/ofrep/v1/sse",
            "/ofrep/v1/sse, https://flags.example.com/ofrep/v1/sse",
        })
        void is_what_is_beside_a_document_below_a_prefix_or_elsewhere(String reference, URI target) {
            Address address = Address.of("https://flags.example.com/v1/document");

            assertThat(address.sameOrigin(URI.create("https://flags.example.com/prefix/v1/document"), reference))
                    .isEqualTo(target);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://flags.example.com/s",
                    "https://flags.example.com:8443/s",
                    "https://other.example.com/s",
                    "//169.254.169.254/s",
                    "https://flags.example.com@evil.example.com/s",
                    "https://x@flags.example.com/s",
                    "file:///etc/passwd",
                    "data:text/event-stream,x",
                    "a b",
                    "https://",
                })
        void is_not_what_somebody_else_has(String reference) {
            assertThat(sameOrigin(reference)).isNull();
        }
    }
}
