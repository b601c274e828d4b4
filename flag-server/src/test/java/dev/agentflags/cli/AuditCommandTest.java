package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void change() {
        shell = new Shell(directory).file("flags.json", """
                {"version": 1, "lineage": "l", "serial": 1, "flags": {"a": {"status": "off"}, "b": {"status": "on"}}}
                """);
        shell.run("advance", "a", "--reason", "first users", "--actor", "carol");
        shell.run("kill", "--all", "--reason", "incident 7", "--actor", "dave");
        shell.run("revive", "--all", "--reason", "over", "--actor", "dave");
        shell.run("remove", "b", "--reason", "done", "--actor", "carol");
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("20\\d\\d-[^ \"]*Z", "TIME");
    }

    @Test
    void shows_who_changed_what_and_why() {
        Ran ran = shell.run("audit");

        assertThat(ran.status()).isZero();
        assertThat(withoutTimes(ran.out()).lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "TIME       2  carol  advance     a      first users  status \"off\" → \"percentage\", percentage – → 1"),
                        line -> assertThat(line)
                                .startsWith("TIME       3  dave   kill-all    (all)  incident 7   engaged – → true"),
                        line -> assertThat(line).startsWith("TIME       4  dave   revive-all  (all)  over         "),
                        line -> assertThat(line)
                                .isEqualTo("TIME       5  carol  remove      b      done         status \"on\" → –"));
    }

    @Test
    void shows_the_latest() {
        assertThat(shell.run("audit", "--limit", "1").out().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("remove");
        assertThat(shell.run("audit", "--limit", "99").out().lines()).hasSize(5);
        assertThat(shell.run("audit", "-n", "0").status()).isEqualTo(Exit.USAGE);
    }

    @Test
    void shows_what_concerns_one_flag() {
        assertThat(shell.run("audit", "--flag", "a", "--json").out().lines())
                .extracting(line -> line.replaceAll(".*\"operation\":\"([^\"]*)\".*", "$1"))
                .containsExactly("advance", "kill-all", "revive-all");
        assertThat(shell.run("audit", "--flag", "b").out()).contains("remove");
    }

    @Test
    void prints_json_lines() {
        assertThat(withoutTimes(shell.run("audit", "--json", "--limit", "1").out()))
                .isEqualTo(
                        "{\"time\":\"TIME\",\"actor\":\"carol\",\"operation\":\"remove\",\"flag\":\"b\",\"reason\":\"done\","
                                + "\"before\":{\"status\":\"on\"},\"after\":null,\"serial\":5}\n");
    }

    @Test
    void does_not_know_a_key_that_never_was() {
        assertThat(shell.run("audit", "--flag", "c").status()).isEqualTo(Exit.NO_SUCH_FLAG);
    }

    @Test
    void says_that_nothing_was_recorded() {
        shell.file("new.json", Shell.SEED);

        assertThat(shell.run("audit", "--flags", "@new.json")).isEqualTo(new Ran(0, "no changes are recorded\n", ""));
        assertThat(shell.run("audit", "--flags", "@new.json", "--flag", "use_gpt4o_mini")
                        .out())
                .isEqualTo("no changes are recorded of use_gpt4o_mini\n");
    }

    @Test
    void verifies_that_nobody_has_touched_it() {
        assertThat(shell.run("audit", "--verify"))
                .isEqualTo(new Ran(
                        0, "the audit trail of flags.json is whole: 4 lines, 4 of them tied to the line before\n", ""));

        shell.file(
                "flags.json.audit.jsonl", shell.read("flags.json.audit.jsonl").replace("first users", "nobody"));
        Ran ran = shell.run("audit", "--verify");
        assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
        assertThat(ran.err()).contains("flags.json: the audit trail was tampered with: line 2 does not follow");
    }
}
