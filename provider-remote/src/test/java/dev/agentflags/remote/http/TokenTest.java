package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    @TempDir
    Path directory;

    @Test
    void is_sent_as_a_bearers() throws IOException {
        assertThat(Token.of("secret").authorization()).isEqualTo("Bearer secret");
    }

    @Test
    void is_asked_for_each_time() throws IOException {
        var count = new AtomicInteger();
        Token token = Token.from(() -> "secret-" + count.incrementAndGet());

        assertThat(token.authorization()).isEqualTo("Bearer secret-1");
        assertThat(token.authorization()).isEqualTo("Bearer secret-2");
    }

    @Test
    void is_read_each_time() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), " one\n");
        Token token = Token.in(file);
        assertThat(token.authorization()).isEqualTo("Bearer one");
        Files.writeString(file, "two");

        assertThat(token.authorization()).isEqualTo("Bearer two");
    }

    @Test
    void says_which_file_is_not_there() {
        assertThatThrownBy(() -> Token.in(directory.resolve("none")).authorization())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two secrets", "secret\n", "sécret", "secret\r\nX: y"})
    void that_is_none_is_refused_without_showing_it(String token) {
        assertThatThrownBy(() -> Token.of(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("cret");
        assertThatThrownBy(() -> Token.from(() -> token).authorization())
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("cret");
    }

    @Test
    void whose_supplier_fails_is_refused_without_showing_why() {
        assertThatThrownBy(() -> Token.from(() -> {
                            throw new IllegalStateException("secret");
                        })
                        .authorization())
                .isInstanceOf(IOException.class)
                .hasMessage("the token cannot be had: IllegalStateException")
                .hasNoCause();
    }

    @Test
    void is_not_shown() {
        assertThat(Token.of("secret")).hasToString("a token");
    }
}
