package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final AtomicLong clock = new AtomicLong();
    private final StringWriter err = new StringWriter();

    private Progress progress(boolean interactive, long total) {
        return new Progress(new PrintWriter(err), interactive, total, "users", clock::get);
    }

    @Test
    void appears_after_half_a_second_and_is_erased() {
        try (var progress = progress(true, 1000)) {
            progress.at(1, 1);
            assertThat(err.toString()).isEmpty();

            clock.set(500_000_000);
            progress.at(100, 500);
            assertThat(err.toString())
                    .isEqualTo("\r\u001b[K[███████████████···············]  50 %  100 users, 200 a second");

            clock.set(550_000_000);
            progress.at(101, 501);
            assertThat(err.toString()).doesNotContain("101");
        }
        assertThat(err.toString()).endsWith("\r\u001b[K");
    }

    @Test
    void has_no_share_where_the_total_is_not_known() {
        try (var progress = progress(true, Progress.UNKNOWN)) {
            clock.set(1_000_000_000);
            progress.at(1234, 5678);
        }
        assertThat(err.toString())
                .contains("\r\u001b[K1,234 users, 1,234 a second")
                .doesNotContain("%");
    }

    @Test
    void is_not_drawn_on_anything_but_a_terminal() {
        try (var progress = progress(false, 1000)) {
            clock.set(5_000_000_000L);
            progress.at(100, 500);
        }
        assertThat(err.toString()).isEmpty();
    }
}
