package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.admin.Stored;
import dev.agentflags.cli.Shell.Ran;
import dev.agentflags.file.FileFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeCommandsTest {

    private static final String FULL = """
            {
              "version": 1,
              "lineage": "l",
              "serial": 42,
              "flags": {
                "agent": {
                  "status": "percentage",
                  "percentage": 5,
                  "x-note": [1, 2]
                },
                "tools": {
                  "status": "targeted",
                  "targeted_users": ["alice"],
                  "requires": ["agent"]
                }
              }
            }
            """;

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory).file("flags.json", FULL);
    }

    private static Ran done(String out) {
        return new Ran(0, out, "");
    }

    private static Ran refused(int status, String err) {
        return new Ran(status, "", err);
    }

    @Nested
    class Kill {

        @Test
        void switches_a_flag_off_and_says_so() {
            assertThat(shell.run("kill", "agent", "--reason", "loops", "--actor", "carol"))
                    .isEqualTo(done("\"agent\" is killed (serial 43)\n"));
            assertThat(shell.read("flags.json"))
                    .contains("\"engaged\": true", "\"reason\": \"loops\"", "\"by\": \"carol\"", "\"serial\": 43");
        }

        @Test
        void changes_nothing_the_second_time() {
            shell.run("kill", "agent");

            assertThat(shell.run("kill", "agent")).isEqualTo(done("agent: already so, nothing to do (serial 43)\n"));
        }

        @Test
        void needs_no_reason() {
            shell.run("kill", "agent");

            assertThat(shell.read("flags.json")).contains("\"reason\": \"no reason given\"");
        }

        @Test
        void takes_the_login_name_for_the_actor() {
            shell.run("kill", "agent");

            assertThat(shell.read("flags.json")).contains("\"by\": \"" + System.getProperty("user.name") + "\"");
        }

        @Test
        void switches_all_flags_off() {
            assertThat(shell.run("kill", "--all", "--reason", "incident 7"))
                    .isEqualTo(done("all flags are killed (serial 43)\n"));
            assertThat(shell.run("evaluate", "tools", "--user", "alice").out()).contains("KILLED");
        }

        @Test
        void wants_one_flag_or_all() {
            assertThat(shell.run("kill").err()).contains("(KEY | --all)");
            assertThat(shell.run("kill", "agent", "--all")).isEqualTo(refused(Exit.USAGE, """
                                    error: KEY, --all are mutually exclusive (specify only one)
                                     hint: agentflags kill --help
                                    """));
        }

        @Test
        void suggests_the_nearest_key() {
            assertThat(shell.run("kill", "agnet"))
                    .isEqualTo(refused(
                            Exit.NO_SUCH_FLAG,
                            "error: no flag in flags.json has the key \"agnet\"; did you mean \"agent\"?\n"));
        }

        @Test
        void is_done_beside_a_flag_with_errors() {
            shell.file("flags.json", "{\"a\": {\"status\": \"on\"}, \"b\": {\"status\": \"perhaps\"}}");

            assertThat(shell.run("kill", "a")).isEqualTo(done("\"a\" is killed\n"));
        }

        @Test
        void is_done_although_the_audit_trail_cannot_be_written() throws IOException {
            Files.createDirectory(shell.path("flags.json.audit.jsonl"));

            assertThat(shell.run("kill", "agent").status()).isZero();
            assertThat(shell.run("evaluate", "agent").out()).contains("KILLED");
        }
    }

    @Nested
    class Revive {

        @Test
        void takes_a_kill_back() {
            shell.run("kill", "agent");

            assertThat(shell.run("revive", "agent", "--reason", "fixed"))
                    .isEqualTo(done("\"agent\" is revived (serial 44)\n"));
        }

        @Test
        void needs_a_reason() {
            assertThat(shell.run("revive", "agent")).isEqualTo(refused(Exit.USAGE, """
                                    error: a revival needs a reason, for the audit trail
                                     hint: add --reason "why it is safe now"
                                    """));
            assertThat(shell.run("revive", "agent", "--reason", " ").status()).isEqualTo(Exit.USAGE);
        }

        @Test
        void takes_the_kill_of_all_flags_back() {
            shell.run("kill", "--all");

            assertThat(shell.run("revive", "--all", "--reason", "over").out())
                    .startsWith("the kill of all flags is taken back");
        }
    }

    @Nested
    class Rollout {

        @Test
        void goes_on_by_a_stage() {
            assertThat(shell.run("advance", "agent")).isEqualTo(done("\"agent\" goes from 5 % to 25 % (serial 43)\n"));
        }

        @Test
        void goes_back_by_a_stage() {
            assertThat(shell.run("roll-back", "agent")).isEqualTo(done("\"agent\" goes from 5 % to 1 % (serial 43)\n"));
        }

        @Test
        void is_paused_where_there_is_a_guard() {
            assertThat(shell.run("pause", "agent"))
                    .isEqualTo(
                            refused(
                                    Exit.PROBLEMS,
                                    "error: flags.json: \"agent\" has no guard: only people take it on, so there is nothing to pause\n"));
            shell.file("flags.json", FULL.replace("\"x-note\"", "\"guard\": {}, \"x-note\""));

            assertThat(shell.run("pause", "agent", "--reason", "slow"))
                    .isEqualTo(done("\"agent\" is paused at 5 % until a person advances it (serial 43)\n"));
            assertThat(shell.run("pause", "agent").out()).startsWith("agent: already so, nothing to do");
        }

        @Test
        void is_refused_while_the_flag_is_killed() {
            shell.run("kill", "agent");

            assertThat(shell.run("advance", "agent"))
                    .isEqualTo(refused(Exit.PROBLEMS, "error: flags.json: \"agent\" is killed; revive it first\n"));
        }

        @Test
        void ends_at_the_last_stage() {
            shell.run("set", "agent", "--status", "on");

            assertThat(shell.run("advance", "agent"))
                    .isEqualTo(refused(
                            Exit.PROBLEMS, "error: flags.json: \"agent\" is at 100 % already, the last stage\n"));
        }

        @Test
        void is_refused_where_the_audit_trail_cannot_be_written() throws IOException {
            Files.createDirectory(shell.path("flags.json.audit.jsonl"));

            Ran ran = shell.run("advance", "agent");

            assertThat(ran.status()).isEqualTo(Exit.UNAVAILABLE);
            assertThat(ran.err())
                    .startsWith("error: flags.json: the document cannot be written: ")
                    .hasLineCount(1);
            assertThat(shell.read("flags.json")).isEqualTo(FULL);
        }
    }

    @Nested
    class Set {

        @Test
        void changes_fields_and_leaves_the_others() {
            assertThat(shell.run("set", "agent", "--percentage", "12.5", "--description", "Brief"))
                    .isEqualTo(done("""
                                    "agent" is changed (serial 43)
                                      percentage 5 → 12.5
                                      description – → "Brief"
                                    """));
            assertThat(shell.read("flags.json")).contains("\"x-note\": [1, 2]");
        }

        @Test
        void adds_to_lists() {
            assertThat(shell.run(
                            "set", "tools", "--target-user", "bob", "--target-user", "alice", "--target-plan", "pro"))
                    .isEqualTo(done("""
                                    "tools" is changed (serial 43)
                                      targeted_users ["alice"] → ["alice","bob"]
                                      targeted_plans – → ["pro"]
                                    """));
        }

        @Test
        void adds_a_flag_with_the_status_that_its_fields_ask_for() {
            assertThat(shell.run("set", "new", "--percentage", "1")).isEqualTo(done("""
                                    "new" is added (serial 43)
                                      status – → "percentage"
                                      percentage – → 1
                                    """));
            assertThat(shell.run("set", "newer", "--target-plan", "pro").out()).contains("status – → \"targeted\"");
            assertThat(shell.run("set", "newest", "--status", "off").out()).contains("status – → \"off\"");
        }

        @Test
        void wants_a_status_for_a_new_flag_without_such_fields() {
            assertThat(shell.run("set", "new", "--description", "x")).isEqualTo(refused(Exit.USAGE, """
                                    error: a new flag needs a status
                                     hint: add --status off, on, percentage or targeted
                                    """));
        }

        @Test
        void puts_a_whole_definition() {
            assertThat(shell.file("agent.json", "{\"status\": \"on\"}").run("set", "agent", "--file", "@agent.json"))
                    .isEqualTo(done("""
                                    "agent" is changed (serial 43)
                                      status "percentage" → "on"
                                      percentage 5 → –
                                      x-note [1,2] → –
                                    """));
            assertThat(shell.input("{\"status\": \"off\"}")
                            .run("set", "agent", "--file", "-")
                            .status())
                    .isZero();
        }

        @Test
        void changes_nothing_where_it_is_so_already() {
            assertThat(shell.run("set", "agent", "--percentage", "5"))
                    .isEqualTo(done("agent: already so, nothing to do (serial 42)\n"));
        }

        @Test
        void wants_something_to_set() {
            assertThat(shell.run("set", "agent").err()).startsWith("error: nothing is to be set\n");
            assertThat(shell.run("set", "agent", "--file", "-", "--percentage", "1")
                            .err())
                    .startsWith("error: --file has the whole definition, so no field can be set beside it\n");
        }

        @Test
        void refuses_a_status_and_a_percentage_that_there_is_not() {
            assertThat(shell.run("set", "agent", "--status", "maybe").err()).isEqualTo("""
                            error: Invalid value for option '--status': expected one of off, on, percentage, targeted, found maybe
                             hint: agentflags set --help
                            """);
            assertThat(shell.run("set", "agent", "--percentage", "101").err())
                    .isEqualTo("error: --percentage: expected a number from 0 to 100, found 101\n");
            assertThat(shell.run("set", "agent", "--percentage", "NaN").status())
                    .isEqualTo(Exit.USAGE);
        }

        @Test
        void refuses_a_definition_with_errors() {
            assertThat(shell.input("{\"status\": 1}").run("set", "agent", "--file", "-"))
                    .isEqualTo(refused(Exit.PROBLEMS, """
                                    error: flags.json would have problems: /flags/agent/status: expected one of [off, on, percentage, targeted], found 1
                                    """));
            assertThat(shell.input("{\"status\" 1}")
                            .run("set", "agent", "--file", "-")
                            .err())
                    .startsWith("error: standard input:1:");
            assertThat(shell.input("{\"status\": \"on\"}")
                            .run("set", "a:b", "--file", "-")
                            .err())
                    .contains("expected a key of");
        }

        @Test
        void does_not_revive() {
            shell.run("kill", "agent");

            assertThat(shell.input("{\"status\": \"on\"}")
                            .run("set", "agent", "--file", "-")
                            .err())
                    .isEqualTo(
                            "error: flags.json: \"agent\" is killed, and this definition would revive it; revive it first\n");
            assertThat(shell.run("set", "agent", "--percentage", "6").status()).isZero();
            assertThat(shell.run("evaluate", "agent").out()).contains("KILLED");
        }

        @Test
        void is_refused_where_somebody_else_changes_the_flag_meanwhile() {
            shell.admins((path, actor) -> new Interrupted(FileFlags.admin(path, actor), "agent"));

            assertThat(shell.run("set", "agent", "--percentage", "6")).isEqualTo(refused(Exit.CONFLICT, """
                                    error: somebody else changed "agent" in flags.json at the same time
                                     hint: look at it again, and repeat the command
                                    """));
            assertThat(shell.read("flags.json")).contains("\"percentage\": 5");
        }

        @Test
        void is_done_where_somebody_else_changes_another_flag_meanwhile() {
            shell.admins((path, actor) -> new Interrupted(FileFlags.admin(path, actor), "tools"));

            assertThat(shell.run("set", "agent", "--percentage", "6").out()).contains("percentage 5 → 6");
            assertThat(shell.read("flags.json")).contains("\"percentage\": 6", "meanwhile");
        }

        @Test
        void notes_a_percentage_that_does_nothing() {
            assertThat(shell.run("set", "tools", "--percentage", "5").out())
                    .endsWith("note: the status is \"targeted\", so the percentage does nothing;"
                            + " --status percentage changes that\n");
        }
    }

    @Nested
    class Remove {

        @Test
        void takes_a_flag_out() {
            assertThat(shell.run("remove", "tools")).isEqualTo(done("\"tools\" is removed (serial 43)\n"));
            assertThat(shell.read("flags.json")).doesNotContain("tools");
        }

        @Test
        void is_refused_where_another_flag_requires_it() {
            Ran ran = shell.run("remove", "agent");

            assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
            assertThat(ran.err()).startsWith("error: flags.json would have problems: /flags/tools/requires/0: ");
        }

        @Test
        void is_refused_where_somebody_else_changes_it_meanwhile() {
            shell.admins((path, actor) -> new Interrupted(FileFlags.admin(path, actor), "tools"));

            assertThat(shell.run("remove", "tools").status()).isEqualTo(Exit.CONFLICT);
        }

        @Test
        void suggests_the_nearest_key() {
            assertThat(shell.run("remove", "tool").err()).contains("did you mean \"tools\"?");
        }
    }

    @Nested
    class Failing {

        @Test
        void names_what_must_be_mended_first() {
            shell.file("flags.json", "{\"a\": {\"status\": \"perhaps\"}, \"b\": {\"status\": \"on\"}}");

            assertThat(shell.run("advance", "a").err())
                    .startsWith("error: flags.json: the definition of \"a\" must be mended first");
            assertThat(shell.file("flags.json", "{").run("kill", "a").err())
                    .startsWith("error: flags.json is refused: 1:2: not JSON: ")
                    .endsWith(" hint: agentflags lint flags.json shows everything\n");
        }

        @Test
        void says_where_the_document_has_problems_already() {
            shell.file("flags.json", "{\"a\": {\"status\": \"on\", \"colour\": 1}}");

            assertThat(shell.run("set", "a", "--status", "off")).isEqualTo(refused(Exit.PROBLEMS, """
                                    error: flags.json would have problems: /a/colour: expected a known field, or a name that starts with x-, found "colour"
                                     hint: it has some already: agentflags lint flags.json shows everything
                                    """));
        }

        @Test
        void says_that_there_is_no_file() {
            assertThat(shell.run("set", "a", "--file", "@nothing.json"))
                    .isEqualTo(refused(Exit.UNAVAILABLE, "error: there is no file nothing.json\n"));
            assertThat(shell.run("kill", "a", "--flags", "@flags.json/in-a-file.json")
                            .status())
                    .isEqualTo(Exit.UNAVAILABLE);
        }
    }

    /** An admin beside which somebody kills a flag, just before the first change. */
    private static final class Interrupted implements FlagAdmin {

        private final FlagAdmin admin;
        private final String key;

        Interrupted(FlagAdmin admin, String key) {
            this.admin = admin;
            this.key = key;
        }

        @Override
        public Outcome apply(Operation operation, @Nullable String ifVersion) throws AdminException {
            admin.kill(key, "meanwhile");
            return admin.apply(operation, ifVersion);
        }

        @Override
        public Stored document() throws AdminException {
            return admin.document();
        }

        @Override
        public List<AuditEntry> audit() throws AdminException {
            return admin.audit();
        }
    }
}
