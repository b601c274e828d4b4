package dev.agentflags.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Token.Made made() {
        return Token.make("agents", Set.of(Scope.READ), null, NOW, NOW.plusSeconds(60), new SecureRandom());
    }

    @Test
    void has_256_random_bits_behind_a_prefix_and_an_id() {
        Token.Made made = made();
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            secrets.add(made().secret());
        }

        assertThat(made.secret()).matches("af_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");
        assertThat(Token.idOf(made.secret())).isEqualTo(made.token().id());
        assertThat(secrets).hasSize(100);
    }

    @Test
    @DisplayName("7 matches what its holder has, and nothing that differs anywhere")
    void matches_what_its_holder_has() {
        Token.Made made = made();
        String secret = made.secret();

        assertThat(made.token().matches(secret)).isTrue();
        for (int i = 0; i < secret.length(); i++) {
            char other = secret.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(made.token().matches(secret.substring(0, i) + other + secret.substring(i + 1)))
                    .as("character %d", i)
                    .isFalse();
        }
        assertThat(made.token().matches(secret + "A")).isFalse();
        assertThat(made.token().matches("")).isFalse();
    }

    @Test
    @DisplayName("8 shows neither itself nor its hash")
    void shows_neither_itself_nor_its_hash() {
        Token.Made made = made();

        assertThat(made + " " + made.token())
                .contains(made.token().id())
                .doesNotContain(made.token().sha256(), made.secret().substring(16));
    }

    @Test
    void expires() {
        Token token = made().token();

        assertThat(token.isExpired(NOW.plusSeconds(59))).isFalse();
        assertThat(token.isExpired(NOW.plusSeconds(60))).isTrue();
    }
}
