package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintCommandTest {

    private static final String BAD = """
            {
              "a": { "status": "perhaps", "colour": 1 },
              "b": { "status": "on" }
            }
            """;

    private static final String EXPIRED = """
            {"version": 1, "flags": {
              "a": {"status": "on", "expires": "2026-11-22"},
              "b": {"status": "on",
                    "expires": "2026-11-21"}}}
            """;

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    @Test
    void is_content_with_a_sound_document() {
        assertThat(shell.file("flags.json", Shell.SEED).run("lint"))
                .isEqualTo(new Ran(0, "flags.json: ok, 3 flags\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flags.json", "flags-full.json"})
    void is_content_with_the_examples(String name) {
        assertThat(shell.run("lint", Path.of("..", "examples", name).toString()).status())
                .isZero();
    }

    @Test
    void shows_errors_and_warnings_as_compilers_do() {
        assertThat(shell.file("flags.json", BAD).run("lint")).isEqualTo(new Ran(Exit.PROBLEMS, """
                                flags.json:2:20: error: /a/status: expected one of [off, on, percentage, targeted], found "perhaps"
                                flags.json:2:41: warning: /a/colour: expected a known field, or a name that starts with x-, found "colour"
                                1 error, 1 warning
                                """, ""));
    }

    @Test
    void fails_for_a_warning_alone() {
        assertThat(shell.file("flags.json", "{\"a\": {\"status\": \"on\", \"colour\": 1}}")
                        .run("lint")
                        .status())
                .isEqualTo(Exit.PROBLEMS);
    }

    @Test
    void checks_several_documents() {
        Ran ran = shell.file("one.json", Shell.SEED).file("two.json", "[]").run("lint", "@one.json", "@two.json");

        assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
        assertThat(ran.out())
                .startsWith("one.json: ok, 3 flags\ntwo.json:1:1: error: expected an object, found an array\n")
                .endsWith("1 error, 0 warnings\n");
    }

    @Test
    void checks_standard_input() {
        assertThat(shell.input("{").run("lint", "-").out()).startsWith("standard input:1:2: error: not JSON: ");
    }

    @Test
    void finds_what_is_not_utf_8() {
        assertThat(shell.input(new byte[] {'{', (byte) 0xff, '}'})
                        .run("lint", "-")
                        .out())
                .startsWith("standard input: error: expected UTF-8, found something else at byte 1\n");
    }

    @Test
    void finds_a_document_that_is_too_long() {
        assertThat(shell.input(new byte[8 * 1024 * 1024 + 1]).run("lint", "-").out())
                .startsWith("standard input: error: expected at most 8388608 bytes");
    }

    @Test
    void notes_flags_that_have_expired() {
        shell.file("flags.json", EXPIRED);
        String out = """
                flags.json:4:20: notice: /flags/b/expires: expired on 2026-11-21; remove the flag, or give it more time
                flags.json: ok, 2 flags
                """;

        assertThat(shell.run("lint")).isEqualTo(new Ran(0, out, ""));
        assertThat(shell.run("lint", "--fail-on-expired").status()).isEqualTo(Exit.PROBLEMS);
    }

    @Test
    void notes_them_in_the_minimal_form_too() {
        shell.input("\uFEFF{\"b\": {\"status\": \"on\", \"expires\": \"2026-11-21\"}}");

        assertThat(shell.run("lint", "-").out()).startsWith("standard input:1:35: notice: /b/expires: expired on");
    }

    @Test
    void has_the_same_as_json() {
        assertThat(shell.file("flags.json", BAD)
                        .file("old.json", EXPIRED)
                        .run("lint", "--json", "@flags.json", "@old.json"))
                .isEqualTo(new Ran(
                        Exit.PROBLEMS,
                        "{\"errors\":1,\"warnings\":1,\"problems\":["
                                + "{\"file\":\"flags.json\",\"line\":2,\"column\":20,\"severity\":\"error\",\"pointer\":\"/a/status\","
                                + "\"flag\":\"a\",\"message\":\"expected one of [off, on, percentage, targeted], found \\\"perhaps\\\"\"},"
                                + "{\"file\":\"flags.json\",\"line\":2,\"column\":41,\"severity\":\"warning\",\"pointer\":\"/a/colour\","
                                + "\"flag\":\"a\",\"message\":\"expected a known field, or a name that starts with x-, found \\\"colour\\\"\"},"
                                + "{\"file\":\"old.json\",\"line\":4,\"column\":20,\"severity\":\"notice\",\"pointer\":\"/flags/b/expires\","
                                + "\"flag\":\"b\",\"message\":\"expired on 2026-11-21; remove the flag, or give it more time\"}]}\n",
                        ""));
    }

    @Test
    void says_that_there_is_no_file() {
        assertThat(shell.run("lint", "@nothing.json").status()).isEqualTo(Exit.UNAVAILABLE);
    }
}
