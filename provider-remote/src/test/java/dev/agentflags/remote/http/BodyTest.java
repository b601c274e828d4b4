package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.remote.follow.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    private static final int LIMIT = 1000;

    private static final byte[] DOCUMENT = "{\"flags\": {}}".getBytes(StandardCharsets.UTF_8);

    private static byte[] read(byte[] sent, @Nullable String encoding, @Nullable String digest) throws IOException {
        return Body.read(new ByteArrayInputStream(sent), encoding, digest, LIMIT);
    }

    private static byte[] gzip(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return compressed.toByteArray();
    }

    private static String digest(byte[] bytes) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.digest().digest(bytes)) + ":";
    }

    @Test
    void is_what_was_sent() throws IOException {
        assertThat(read(DOCUMENT, null, null)).isEqualTo(DOCUMENT);
        assertThat(read(DOCUMENT, "identity", null)).isEqualTo(DOCUMENT);
    }

    @Test
    void is_decompressed() throws IOException {
        assertThat(read(gzip(DOCUMENT), "gzip", null)).isEqualTo(DOCUMENT);
    }

    @Test
    void of_another_encoding_is_refused() {
        assertThatThrownBy(() -> read(DOCUMENT, "br", null)).hasMessageContaining("Content-Encoding");
    }

    @Test
    void may_be_as_large_as_the_limit() throws IOException {
        assertThat(read(new byte[LIMIT], null, null)).hasSize(LIMIT);
        assertThat(read(gzip(new byte[LIMIT]), "gzip", null)).hasSize(LIMIT);
    }

    @Test
    void is_refused_where_it_is_larger() {
        assertThatThrownBy(() -> read(new byte[LIMIT + 1], null, null)).hasMessageContaining("larger than 1000 bytes");
    }

    @Test
    void is_refused_where_it_is_larger_when_decompressed_before_it_is() {
        var bomb = new ByteArrayInputStream(gzip(new byte[50_000_000]));
        int size = bomb.available();

        assertThatThrownBy(() -> Body.read(bomb, "gzip", null, LIMIT)).hasMessageContaining("larger than 1000 bytes");
        assertThat(bomb.available()).isGreaterThan(size / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 20})
    void is_refused_where_it_is_cut_short(int by) {
        byte[] whole = gzip(DOCUMENT);

        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - by), "gzip", null))
                .isInstanceOf(IOException.class);
    }

    @Test
    void is_what_its_digest_says() throws IOException {
        byte[] compressed = gzip(DOCUMENT);

        assertThat(read(DOCUMENT, null, digest(DOCUMENT))).isEqualTo(DOCUMENT);
        assertThat(read(compressed, "gzip", digest(compressed))).isEqualTo(DOCUMENT);
        assertThat(read(DOCUMENT, null, "sha-512=:AAAA:, " + digest(DOCUMENT))).isEqualTo(DOCUMENT);
    }

    @Test
    void may_have_the_digest_of_what_a_proxy_has_compressed() throws IOException {
        assertThat(read(gzip(DOCUMENT), "gzip", digest(DOCUMENT))).isEqualTo(DOCUMENT);
    }

    @Test
    void is_refused_where_it_is_not_what_its_digest_says() {
        byte[] flipped = DOCUMENT.clone();
        flipped[3] ^= 1;

        assertThatThrownBy(() -> read(flipped, null, digest(DOCUMENT))).hasMessageContaining("Content-Digest");
        assertThatThrownBy(() -> read(DOCUMENT, null, "sha-256=:A:")).hasMessageContaining("Content-Digest");
    }

    @Test
    void of_a_digest_that_nobody_knows_is_taken() throws IOException {
        assertThat(read(DOCUMENT, null, "sha-512=:AAAA:")).isEqualTo(DOCUMENT);
        assertThat(read(DOCUMENT, null, "nonsense")).isEqualTo(DOCUMENT);
    }
}
