package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    private static final String FULL = """
            {"version": 1, "serial": 7, "flags": {
              "prompt": {"status": "on", "variants": {"on": "Be brief.", "off": "Be kind."},
                         "rules": [{"id": "r", "when": {"attribute": "age", "op": "gt", "value": 17}, "serve": "off"}]},
              "model": {"status": "percentage", "percentage": 50, "variants": {"on": {"name": "big", "n": 1}, "off": {}}},
              "gone": {"status": "off", "off_variant": null},
              "stopped": {"status": "on", "kill_switch": {"engaged": true, "reason": "wrong refunds"}}
            }}
            """;

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    @Nested
    class Text {

        @Test
        void shows_value_variant_reason_and_bucket_of_every_flag() {
            assertThat(shell.file("flags.json", Shell.SEED).run("evaluate", "--user", "alice", "--plan", "pro"))
                    .isEqualTo(new Ran(0, """
                                    FLAG                     VALUE  VARIANT  REASON           BUCKET
                                    new_reasoning_prompt     true   on       TARGETING_MATCH  40.2441 ≥ 25
                                    enable_code_interpreter  true   on       TARGETING_MATCH  –
                                    use_gpt4o_mini           false  off      STATIC           –
                                    """, ""));
        }

        @Test
        void shows_the_example_in_the_same_way() {
            Path examples = Path.of("..", "examples", "flags.json");

            assertThat(shell.run("evaluate", "--flags", examples.toString(), "--user", "alice", "--plan", "pro"))
                    .isEqualTo(shell.file("flags.json", Shell.SEED).run("evaluate", "-u", "alice", "-p", "pro"));
        }

        @Test
        void shows_any_value_compactly_and_why_a_flag_is_killed() {
            assertThat(shell.file("flags.json", FULL).run("evaluate", "--user", "alice"))
                    .isEqualTo(new Ran(0, """
                                    FLAG     VALUE                 VARIANT  REASON    BUCKET        NOTE
                                    prompt   "Be brief."           on       DEFAULT   –
                                    model    {"name":"big","n":1}  on       SPLIT     48.6468 < 50
                                    gone     caller's default      –        DISABLED  –
                                    stopped  false                 off      KILLED    –             wrong refunds
                                    """, ""));
        }

        @Test
        void shows_only_the_flags_that_are_named() {
            assertThat(shell.file("flags.json", FULL)
                            .run("evaluate", "gone", "prompt")
                            .out())
                    .isEqualTo("""
                            FLAG    VALUE             VARIANT  REASON    BUCKET
                            gone    caller's default  –        DISABLED  –
                            prompt  "Be brief."       on       DEFAULT   –
                            """);
        }

        @Test
        void says_where_a_user_is_missing() {
            Ran ran = shell.file("flags.json", FULL).run("evaluate", "model");

            assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
            assertThat(ran.out()).contains("ERROR TARGETING_KEY_MISSING").contains("buckets by something");
        }

        @Test
        void fits_into_the_terminal() {
            shell.file("flags.json", FULL).screen(Screen.of(List.of("out"), "1", "xterm", 72));

            Ran ran = shell.run("evaluate", "--user", "alice");

            assertThat(ran.out().lines()).allMatch(line -> Printable.width(line) <= 72);
            assertThat(ran.out()).contains("{\"name\":\"b");
        }

        @Test
        void is_coloured_on_a_terminal_only() {
            shell.file("flags.json", FULL);

            assertThat(shell.run("evaluate", "stopped").out()).doesNotContain("\u001b");
            assertThat(shell.screen(Screen.of(List.of("out", "err"), null, "xterm", 0))
                            .run("evaluate", "stopped")
                            .out())
                    .contains("\u001b[31mKILLED\u001b[0m");
        }

        @Test
        void cannot_be_made_to_move_the_cursor() {
            shell.file("flags.json", """
                    {"x": {"status": "on", "variants": {"on": "\\u009b2J\\u202e", "off": ""}}}
                    """);

            assertThat(shell.run("evaluate").out()).contains("\"\\u009b2J\\u202e\"");
        }
    }

    @Nested
    class Json {

        @Test
        void has_every_flag_under_its_key() {
            assertThat(shell.file("flags.json", FULL).run("evaluate", "--user", "alice", "--json", "model", "stopped"))
                    .isEqualTo(new Ran(
                            0,
                            "{\"user\":\"alice\",\"plan\":null,\"serial\":7,\"flags\":{"
                                    + "\"model\":{\"value\":{\"name\":\"big\",\"n\":1},\"variant\":\"on\",\"reason\":\"SPLIT\","
                                    + "\"bucket\":48.64681801960031,\"percentage\":50},"
                                    + "\"stopped\":{\"value\":false,\"variant\":\"off\",\"reason\":\"KILLED\","
                                    + "\"kill_reason\":\"wrong refunds\",\"bucket\":null,\"percentage\":null}}}\n",
                            ""));
        }

        @Test
        void has_error_codes() {
            Ran ran = shell.file("flags.json", FULL).run("evaluate", "model", "--json");

            assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
            assertThat(ran.out())
                    .contains(
                            "\"value\":null,\"variant\":null,\"reason\":\"ERROR\",\"error\":\"TARGETING_KEY_MISSING\"");
        }
    }

    @Nested
    class Attributes {

        private String variant(String... attributes) {
            shell.file("flags.json", FULL);
            String[] arguments = new String[attributes.length * 2 + 2];
            arguments[0] = "evaluate";
            arguments[1] = "prompt";
            for (int i = 0; i < attributes.length; i++) {
                arguments[2 * i + 2] = "--attribute";
                arguments[2 * i + 3] = attributes[i];
            }
            Ran ran = shell.run(arguments);
            return ran.status() == 0 ? ran.out().replaceAll("(?s).*\" +(on|off) .*", "$1") : ran.err();
        }

        @Test
        void have_the_type_that_they_look_like() {
            assertThat(variant("age=18")).isEqualTo("off");
            assertThat(variant("age=18.5")).isEqualTo("off");
            assertThat(variant("age=\"18\"")).isEqualTo("on");
            assertThat(variant("age:=\"18\"")).isEqualTo("on");
            assertThat(variant("age:=18", "other=x")).isEqualTo("off");
        }

        @Test
        void are_given_once() {
            assertThat(variant("age=18", "age=19"))
                    .isEqualTo("error: --attribute age is given twice\n hint: give it once\n");
        }

        @Test
        void do_not_name_the_user_or_the_plan() {
            assertThat(variant("user=x")).isEqualTo("error: --attribute user: the user is given with --user\n");
            assertThat(variant("plan=x")).isEqualTo("error: --attribute plan: the plan is given with --plan\n");
        }

        @Test
        void need_a_name() {
            assertThat(variant("age")).isEqualTo("error: --attribute age: expected NAME=VALUE or NAME:=JSON\n");
            assertThat(variant("age:=x")).startsWith("error: --attribute age:=x: not JSON: ");
        }
    }

    @Nested
    class Failing {

        @Test
        void suggests_the_nearest_key() {
            assertThat(shell.file("flags.json", Shell.SEED).run("evaluate", "use-gtp4o_mini"))
                    .isEqualTo(new Ran(Exit.NO_SUCH_FLAG, "", """
                                    error: no flag in flags.json has the key "use-gtp4o_mini"; did you mean "use_gpt4o_mini"?
                                    """));
        }

        @Test
        void says_how_to_see_the_keys_where_none_is_near() {
            assertThat(shell.file("flags.json", Shell.SEED)
                            .run("evaluate", "dark_mode")
                            .err())
                    .isEqualTo("""
                            error: no flag in flags.json has the key "dark_mode"
                             hint: agentflags list --flags flags.json shows the keys that there are
                            """);
        }

        @Test
        void says_that_there_is_no_file() {
            assertThat(shell.run("evaluate")).isEqualTo(new Ran(Exit.UNAVAILABLE, "", """
                                    error: there is no file flags.json
                                     hint: name another with --flags FILE; a new one begins as {"version": 1, "flags": {}}
                                    """));
        }

        @Test
        void says_that_a_directory_is_no_file() throws IOException {
            Files.createDirectory(shell.path("flags.json"));

            Ran ran = shell.run("evaluate");

            assertThat(ran.status()).isEqualTo(Exit.UNAVAILABLE);
            assertThat(ran.err()).startsWith("error: flags.json is a directory");
        }

        @Test
        void says_why_a_document_is_refused() {
            Ran ran = shell.file("flags.json", "{\"x\": {\"status\": \"on\"},}").run("evaluate");

            assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
            assertThat(ran.err())
                    .startsWith("error: flags.json is refused: 1:")
                    .contains("not JSON")
                    .contains(" hint: agentflags lint flags.json shows everything");
        }

        @Test
        void warns_of_a_bad_flag_and_evaluates_the_others() {
            shell.file("flags.json", """
                    {"good": {"status": "on"},
                     "bad": {"status": "perhaps"},
                     "worse": 1}
                    """);

            Ran ran = shell.run("evaluate");

            assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
            assertThat(ran.out()).contains("good   true").contains("ERROR PARSE_ERROR");
            assertThat(ran.err()).isEqualTo("""
                            warning: flags.json:2:20: /bad/status: expected one of [off, on, percentage, targeted], \
                            found "perhaps" (and 1 more; agentflags lint flags.json)
                            """);
            assertThat(shell.run("evaluate", "good").status()).isZero();
        }

        @Test
        void wants_one_user_or_many() {
            Ran ran = shell.file("flags.json", Shell.SEED).run("evaluate", "--user", "x", "--users", "-");

            assertThat(ran.status()).isEqualTo(Exit.USAGE);
            assertThat(ran.err()).startsWith("error: --user and --users exclude each other");
        }
    }

    @Nested
    class Where {

        @Test
        void is_said_by_the_environment_as_for_the_provider() {
            shell.file("other.json", FULL)
                    .variable("AGENTFLAGS_FILE_PATH", shell.path("other.json").toString());

            assertThat(shell.run("evaluate", "prompt").status()).isZero();
        }

        @Test
        void is_said_by_a_system_property_before_the_environment() {
            shell.file("other.json", FULL).file("flags.json", Shell.SEED);
            System.setProperty("agentflags.file.path", shell.path("other.json").toString());
            try {
                assertThat(shell.run("evaluate", "prompt").status()).isZero();
            } finally {
                System.clearProperty("agentflags.file.path");
            }
        }

        @Test
        void is_flags_json_unless_said() {
            assertThat(shell.variable("AGENTFLAGS_FILE_PATH", " ")
                            .run("evaluate")
                            .err())
                    .startsWith("error: there is no file flags.json\n");
        }
    }
}
