package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.server.FlagServer;
import dev.agentflags.server.FlagServerOptions;
import dev.agentflags.server.store.FileFlagStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are about a real server, which has its flags in a file. */
class ServerOptionTest {

    private static final String KEY = "new_reasoning_prompt";

    @TempDir
    private Path directory = Path.of("");

    private Shell shell = new Shell(directory);
    private FlagServer server;

    @BeforeEach
    void start() throws IOException {
        shell = new Shell(directory).file("flags.json", Shell.SEED);
        server = FlagServer.start(FlagServerOptions.builder(FileFlagStore.of(directory.resolve("flags.json")))
                .port(0)
                .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String url() {
        return server.uri().toString();
    }

    /** Without the port, which is another each time. */
    private String plain(String text) {
        return text.replace(url(), "SERVER");
    }

    @Nested
    class A_command {

        @Test
        void changes_what_the_server_has() {
            var ran = shell.run("kill", KEY, "--server", url(), "--reason", "wrong refunds", "--actor", "alice");

            assertThat(ran.status()).isEqualTo(Exit.DONE);
            assertThat(ran.out()).isEqualTo("\"" + KEY + "\" is killed (serial 2)\n");
            assertThat(shell.read("flags.json")).contains("wrong refunds");
        }

        @Test
        void sees_what_the_server_has() {
            assertThat(shell.run("list", "-s", url()).out()).contains(KEY);
            assertThat(shell.run("evaluate", KEY, "-s", url(), "--user", "alice")
                            .out())
                    .contains("TARGETING_MATCH");
            assertThat(shell.run("explain", KEY, "-s", url(), "--user", "alice").out())
                    .contains("Serial: 1");
            assertThat(shell.run("lint", "-s", url()).status()).isEqualTo(Exit.DONE);
        }

        @Test
        void pauses_a_rollout_there_as_here() {
            assertThat(shell.run("pause", KEY, "-s", url()).err())
                    .contains("\"" + KEY + "\" has no guard: only people take it on");
        }

        @Test
        void takes_a_flag_through_its_life() {
            assertThat(shell.run("set", "fresh", "-s", url(), "--status", "percentage", "--percentage", "1")
                            .status())
                    .isEqualTo(Exit.DONE);
            assertThat(shell.run("advance", "fresh", "-s", url()).out()).contains("5 %");
            assertThat(shell.run("roll-back", "fresh", "-s", url()).out()).contains("1 %");
            assertThat(shell.run("kill", "--all", "-s", url()).status()).isEqualTo(Exit.DONE);
            assertThat(shell.run("revive", "--all", "-s", url(), "-r", "over").status())
                    .isEqualTo(Exit.DONE);
            assertThat(shell.run("remove", "fresh", "-s", url()).status()).isEqualTo(Exit.DONE);
            assertThat(shell.run("audit", "-s", url(), "--json").out().lines())
                    .hasSize(7)
                    .last()
                    .asString()
                    .contains("\"operation\":\"remove\"");
        }

        @Test
        void says_whether_anybody_has_touched_the_audit_trail() {
            shell.run("kill", "--all", "-s", url(), "-r", "stop");
            shell.run("revive", "--all", "-s", url(), "-r", "over");
            var ran = shell.run("audit", "--verify", "-s", url());
            assertThat(plain(ran.out()))
                    .matches("the audit trail of SERVER is whole: (\\d) lines, \\1 of them tied to the line before\n");

            shell.file(
                    "flags.json.audit.jsonl",
                    shell.read("flags.json.audit.jsonl").replace("\"stop\"", "\"nothing\""));
            var touched = shell.run("audit", "--verify", "-s", url());
            assertThat(touched.status()).isEqualTo(Exit.PROBLEMS);
            assertThat(plain(touched.err()))
                    .contains("SERVER: the audit trail was tampered with: line", "does not follow");
        }

        @Test
        void leads_back_to_the_server_where_there_is_no_such_flag() {
            var ran = shell.run("kill", "quite_another", "-s", url());

            assertThat(plain(ran.err())).isEqualTo("""
                            error: no flag in SERVER has the key "quite_another"
                             hint: agentflags list --server SERVER shows the keys that there are
                            """);
            assertThat(ran.status()).isEqualTo(Exit.NO_SUCH_FLAG);
        }

        @Test
        void says_that_the_server_is_not_there() {
            String url = url();
            server.close();

            var ran = shell.run("kill", KEY, "-s", url);

            assertThat(ran.status()).isEqualTo(Exit.UNAVAILABLE);
            assertThat(ran.err()).contains(url);
        }

        @Test
        void refuses_what_is_no_address_of_a_server() {
            assertThat(shell.run("list", "-s", "ftp://flags.example.com").status())
                    .isEqualTo(Exit.USAGE);
            assertThat(shell.run("list", "-s", "not a url").err()).contains("--server: expected a URL");
        }
    }

    @Nested
    class Which_place_is_meant {

        @Test
        void is_what_the_environment_says_where_the_command_line_is_silent() {
            shell.variable("AGENTFLAGS_FILE_PATH", "").variable("AGENTFLAGS_REMOTE_URL", url());

            assertThat(shell.run("kill", KEY).out()).contains("(serial 2)");
        }

        @Test
        void is_asked_back_where_the_environment_names_two() {
            var ran = shell.variable("AGENTFLAGS_REMOTE_URL", url()).run("kill", KEY);

            assertThat(ran.status()).isEqualTo(Exit.USAGE);
            assertThat(ran.err()).contains("both AGENTFLAGS_FILE_PATH and AGENTFLAGS_REMOTE_URL are set");
            assertThat(server.published().serial()).isEqualTo(1);
        }

        @Test
        void is_what_the_command_line_says_whatever_the_environment_does() {
            shell.file("other.json", Shell.SEED).variable("AGENTFLAGS_REMOTE_URL", "http://127.0.0.1:1");

            assertThat(shell.run("kill", KEY, "--flags", "@other.json").status())
                    .isEqualTo(Exit.DONE);
            assertThat(shell.run("list", "--server", url()).status()).isEqualTo(Exit.DONE);
        }

        @Test
        void is_not_two_at_once() {
            var ran = shell.run("list", "--flags", "@flags.json", "--server", url());

            assertThat(ran.status()).isEqualTo(Exit.USAGE);
            assertThat(ran.err()).contains("--flags and --server exclude each other");
        }
    }

    @Nested
    class A_token {

        private String token = "";

        @BeforeEach
        void startWithTokens() throws IOException {
            server.close();
            token = shell.run("token", "create", "--name", "on-call", "--scope", "kill", "--tokens", "@tokens.json")
                    .out()
                    .strip();
            Path tokens = directory.resolve("tokens.json");
            server = FlagServer.start(FlagServerOptions.builder(FileFlagStore.of(directory.resolve("flags.json")))
                    .port(0)
                    .tokens(tokens)
                    .build());
        }

        @Test
        void is_read_from_its_file() {
            shell.file("on-call.token", token + "\n");

            assertThat(shell.run("kill", KEY, "-s", url(), "--token-file", "@on-call.token", "-a", "alice")
                            .status())
                    .isEqualTo(Exit.DONE);
            assertThat(shell.read("flags.json.audit.jsonl")).contains("alice (on-call)");
        }

        @Test
        void is_taken_from_the_environment() {
            shell.file("on-call.token", token);

            assertThat(shell.variable("AGENTFLAGS_REMOTE_TOKEN", token)
                            .run("kill", KEY, "-s", url())
                            .status())
                    .isEqualTo(Exit.DONE);
            assertThat(shell.variable("AGENTFLAGS_REMOTE_TOKEN", "af_wrong_wrong")
                            .variable(
                                    "AGENTFLAGS_REMOTE_TOKEN_FILE",
                                    shell.path("on-call.token").toString())
                            .run("list", "-s", url())
                            .status())
                    .isEqualTo(Exit.DONE);
        }

        @Test
        void is_asked_for_where_the_server_wants_one() {
            var ran = shell.run("kill", KEY, "-s", url());

            assertThat(ran.status()).isEqualTo(Exit.FORBIDDEN);
            assertThat(ran.err()).contains(" hint: " + ServerOption.TOKEN_ADVICE);
            assertThat(server.published().serial()).isEqualTo(1);
        }

        @Test
        void lets_its_holder_do_no_more_than_it_says() {
            shell.file("on-call.token", token).run("kill", KEY, "-s", url(), "--token-file", "@on-call.token");

            var ran = shell.run("revive", KEY, "-s", url(), "--token-file", "@on-call.token", "-r", "sorry");

            assertThat(ran.status()).isEqualTo(Exit.FORBIDDEN);
            assertThat(ran.err()).contains("revive").doesNotContain(token);
            assertThat(shell.read("flags.json")).contains("engaged");
        }

        @Test
        void has_to_be_in_the_file_that_was_named() {
            assertThat(shell.run("list", "-s", url(), "--token-file", "@none").err())
                    .contains("there is no file none");
        }
    }
}
