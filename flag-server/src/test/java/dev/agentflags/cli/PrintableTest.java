package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void is_as_wide_as_a_terminal_shows_it() {
        assertThat(Printable.width("aé")).isEqualTo(2);
        assertThat(Printable.width("e\u0301")).isEqualTo(1);
        assertThat(Printable.width("東京")).isEqualTo(4);
        assertThat(Printable.width("😀")).isEqualTo(2);
        assertThat(Printable.cut("東京都", 5)).isEqualTo("東京…");
        assertThat(Printable.cut("東京", 4)).isEqualTo("東京");
    }

    @Test
    void is_quoted_for_a_shell_where_it_must_be() {
        assertThat(Printable.argument("flags/a-1.json")).isEqualTo("flags/a-1.json");
        assertThat(Printable.argument("it's")).isEqualTo("'it'\\''s'");
    }

    @Test
    void loses_what_could_move_the_cursor() {
        assertThat(Printable.of("a\u001b[2J\nb\u202e")).isEqualTo("a\\u001b[2J\\u000ab\\u202e");
    }
}
