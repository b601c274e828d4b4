package dev.agentflags.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Token token = token();
    private final String ticket = Ticket.make(token, NOW);

    private static Token token() {
        return Token.make("pages", Set.of(Scope.READ), null, NOW, null, new SecureRandom())
                .token();
    }

    private static Ticket read(String text) {
        return Objects.requireNonNull(Ticket.read(text), text);
    }

    private boolean isOfToken(String text) {
        Ticket read = Ticket.read(text);
        return read != null && read.isOf(token);
    }

    @Test
    @DisplayName("7 is of its token, and of none where it differs anywhere")
    void is_of_its_token() {
        assertThat(ticket).matches(token.id() + "\\.[0-9]{10}\\.[A-Za-z0-9_-]{43}");
        assertThat(read(ticket).tokenId()).isEqualTo(token.id());
        assertThat(isOfToken(ticket)).isTrue();
        assertThat(read(ticket).isOf(token())).isFalse();
        for (int i = 0; i < ticket.length(); i++) {
            char other = ticket.charAt(i) == '0' ? '1' : '0';
            assertThat(isOfToken(ticket.substring(0, i) + other + ticket.substring(i + 1)))
                    .as("character %d", i)
                    .isFalse();
        }
    }

    @Test
    void is_worth_nothing_when_the_secret_of_its_token_changes() {
        Token other = token();
        var rotated = new Token(
                token.id(), token.name(), other.sha256(), token.scopes(), token.flags(), token.created(), null);

        assertThat(read(ticket).isOf(rotated)).isFalse();
    }

    @Test
    void is_good_for_a_minute() {
        assertThat(read(ticket).isValid(NOW)).isTrue();
        assertThat(read(ticket).isValid(NOW.plusSeconds(60).minusMillis(1))).isTrue();
        assertThat(read(ticket).isValid(NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void is_not_good_where_it_ends_later_than_a_server_would_let_it() {
        assertThat(read(ticket).isValid(NOW.minusSeconds(60)))
                .as("from a server whose clock is a minute ahead")
                .isTrue();
        assertThat(read(ticket).isValid(NOW.minusSeconds(61))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a.b.c", "0123456789ab.1.x", "0123456789ab.99999999999999999999.x", "0123456789ab"
            })
    void is_none_where_it_has_another_form(String text) {
        assertThat(Ticket.read(text)).isNull();
    }

    @Test
    @DisplayName("8 does not show its proof")
    void does_not_show_its_proof() {
        assertThat(read(ticket)).hasToString("Ticket[of " + token.id() + "]");
    }
}
