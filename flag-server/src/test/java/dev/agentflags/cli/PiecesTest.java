package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.agentflags.admin.AdminException;
import dev.agentflags.model.FlagValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {

    @Nested
    class LinesOfAStream {

        /** Gives a few bytes at a time, as a pipe may. */
        private static InputStream trickle(byte[] bytes, int most) {
            return new ByteArrayInputStream(bytes) {
                @Override
                public synchronized int read(byte[] buffer, int offset, int length) {
                    return super.read(buffer, offset, Math.min(length, most));
                }
            };
        }

        @Test
        void are_the_same_however_they_arrive() throws IOException {
            List<String> expected = List.of("a", "", "ä€😀", "x".repeat(200_000), "end");
            byte[] bytes = String.join("\n", expected).getBytes(StandardCharsets.UTF_8);
            for (int most : new int[] {1, 7, 65_536, Integer.MAX_VALUE}) {
                var lines = new Lines(trickle(bytes, most));
                List<String> read = new ArrayList<>();
                for (String line = lines.next(); line != null; line = lines.next()) {
                    read.add(line);
                }
                assertThat(read).isEqualTo(expected);
                assertThat(lines.number()).isEqualTo(5);
                assertThat(lines.bytes()).isEqualTo(bytes.length);
            }
        }

        @Test
        void may_contain_the_replacement_character() throws IOException {
            assertThat(new Lines(trickle("a\uFFFD".getBytes(StandardCharsets.UTF_8), 9)).next())
                    .isEqualTo("a\uFFFD");
        }

        @Test
        void are_bounded() {
            byte[] bytes = new byte[Lines.MAX_LINE_BYTES + 1];
            Arrays.fill(bytes, (byte) 'x');
            var lines = new Lines(new ByteArrayInputStream(bytes));

            assertThatThrownBy(lines::next).isInstanceOf(IOException.class).hasMessageContaining("1048576");
        }
    }

    @Nested
    class Bar {

        private final AtomicLong clock = new AtomicLong();
        private final StringWriter err = new StringWriter();

        private Progress progress(boolean interactive, long total) {
            return new Progress(new PrintWriter(err), interactive, total, clock::get);
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

    @Nested
    class Terminals {

        @Test
        void take_colours_unless_the_user_says_no() {
            List<String> both = List.of("out", "err");
            assertThat(Screen.of(both, null, "xterm", 100)).isEqualTo(new Screen(Paint.ANSI, Paint.ANSI, true, 100));
            assertThat(Screen.of(both, "", "xterm", 100)).isEqualTo(new Screen(Paint.ANSI, Paint.ANSI, true, 100));
            assertThat(Screen.of(both, "1", "xterm", 100)).isEqualTo(new Screen(Paint.PLAIN, Paint.PLAIN, true, 100));
            assertThat(Screen.of(both, null, "dumb", 100)).isEqualTo(new Screen(Paint.PLAIN, Paint.PLAIN, false, 100));
        }

        @Test
        void are_told_from_files_and_pipes_one_by_one() {
            assertThat(Screen.of(List.of("err"), null, "xterm", 100))
                    .isEqualTo(new Screen(Paint.PLAIN, Paint.ANSI, true, Screen.UNLIMITED));
            assertThat(Screen.of(List.of("out"), null, "xterm", 0))
                    .isEqualTo(new Screen(Paint.ANSI, Paint.PLAIN, false, Screen.UNLIMITED));
            assertThat(Screen.of(List.of(""), null, null, 0)).isEqualTo(Screen.NONE);
        }
    }

    @Nested
    class Words {

        @ParameterizedTest
        @CsvSource({
            "agent, agent, 0",
            "agnet, agent, 1",
            "agen, agent, 1",
            "aagent, agent, 1",
            "ogent, agent, 1",
            "'', agent, 5",
            "kitten, sitting, 3"
        })
        void have_a_distance(String from, String to, int distance) {
            assertThat(Nearest.distance(from, to)).isEqualTo(distance);
        }

        @Test
        void are_near_where_only_capitals_and_separators_differ() {
            assertThat(Nearest.to("New-Prompt.x", List.of("old_prompt_y", "new_prompt_x")))
                    .isEqualTo("new_prompt_x");
            assertThat(Nearest.to("x", List.of("new_prompt"))).isNull();
        }

        @Test
        void are_as_wide_as_a_terminal_shows_them() {
            assertThat(Printable.width("aé")).isEqualTo(2);
            assertThat(Printable.width("e\u0301")).isEqualTo(1);
            assertThat(Printable.width("東京")).isEqualTo(4);
            assertThat(Printable.width("😀")).isEqualTo(2);
            assertThat(Printable.cut("東京都", 5)).isEqualTo("東京…");
            assertThat(Printable.cut("東京", 4)).isEqualTo("東京");
        }

        @Test
        void are_quoted_for_a_shell_where_they_must_be() {
            assertThat(Printable.argument("flags/a-1.json")).isEqualTo("flags/a-1.json");
            assertThat(Printable.argument("it's")).isEqualTo("'it'\\''s'");
        }

        @Test
        void lose_what_could_move_the_cursor() {
            assertThat(Printable.of("a\u001b[2J\nb\u202e")).isEqualTo("a\\u001b[2J\\u000ab\\u202e");
        }
    }

    @Nested
    class Numbers {

        @Test
        void never_make_little_look_like_nothing() {
            assertThat(Percent.share(0, 10)).isEqualTo("0.00 %");
            assertThat(Percent.share(1, 1_000_000)).isEqualTo("< 0.01 %");
            assertThat(Percent.share(999_999, 1_000_000)).isEqualTo("> 99.99 %");
            assertThat(Percent.share(1, 1)).isEqualTo("100.00 %");
        }

        @Test
        void never_put_a_bucket_on_the_wrong_side() {
            assertThat(Percent.bucket(24.999999, 25)).isEqualTo("24.9999 < 25");
            assertThat(Percent.bucket(25, 25)).isEqualTo("25.0000 ≥ 25");
        }

        @Test
        void are_whole_in_json_where_they_can_be() {
            assertThat(JsonObject.number(25)).isEqualTo(new FlagValue.Whole(25));
            assertThat(JsonObject.number(0.5)).isEqualTo(new FlagValue.Decimal(0.5));
        }
    }

    @Nested
    class Statuses {

        @ParameterizedTest
        @CsvSource({"NO_SUCH_FLAG, 3", "REFUSED, 1", "CONFLICT, 4", "INVALID, 1", "UNAVAILABLE, 5"})
        void say_why_an_operation_was_not_done(AdminException.Kind kind, int status) {
            assertThat(Exit.of(kind)).isEqualTo(status);
        }
    }

    @Nested
    class Architecture {

        private final JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.agentflags.cli");

        @Test
        void leaves_json_to_the_document() {
            ArchRuleDefinition.noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.fasterxml..")
                    .check(classes);
        }

        @Test
        void knows_in_one_place_where_flags_are_kept() {
            ArchRuleDefinition.noClasses()
                    .that()
                    .doNotHaveSimpleName("Session")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.agentflags.file..", "dev.agentflags.openfeature..", "dev.openfeature..")
                    .check(classes);
        }
    }
}
