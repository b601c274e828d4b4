package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    @Test
    void takes_colours_unless_the_user_says_no() {
        List<String> both = List.of("out", "err");
        assertThat(Screen.of(both, null, "xterm", 100)).isEqualTo(new Screen(Paint.ANSI, Paint.ANSI, true, 100));
        assertThat(Screen.of(both, "", "xterm", 100)).isEqualTo(new Screen(Paint.ANSI, Paint.ANSI, true, 100));
        assertThat(Screen.of(both, "1", "xterm", 100)).isEqualTo(new Screen(Paint.PLAIN, Paint.PLAIN, true, 100));
        assertThat(Screen.of(both, null, "dumb", 100)).isEqualTo(new Screen(Paint.PLAIN, Paint.PLAIN, false, 100));
    }

    @Test
    void tells_terminals_from_files_and_pipes_one_by_one() {
        assertThat(Screen.of(List.of("err"), null, "xterm", 100))
                .isEqualTo(new Screen(Paint.PLAIN, Paint.ANSI, true, Screen.UNLIMITED));
        assertThat(Screen.of(List.of("out"), null, "xterm", 0))
                .isEqualTo(new Screen(Paint.ANSI, Paint.PLAIN, false, Screen.UNLIMITED));
        assertThat(Screen.of(List.of(""), null, null, 0)).isEqualTo(Screen.NONE);
    }
}
