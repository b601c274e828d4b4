package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    @Test
    void shows_what_there_is_to_know_of_each_flag() {
        assertThat(shell.file("flags.json", Shell.SEED).run("list")).isEqualTo(new Ran(0, """
                                FLAG                     STATUS      SHARE  TARGETS         VARIANTS  DESCRIPTION
                                new_reasoning_prompt     percentage   25 %  1 user, 1 plan  on, off   Think step by step before answering
                                enable_code_interpreter  targeted           2 plans         on, off
                                use_gpt4o_mini           off                                on, off
                                """, ""));
    }

    @Test
    void shows_kills_and_bad_definitions() {
        Ran ran = shell.file("flags.json", """
                {"a": {"status": "on", "description": "Tools", "kill_switch":
                       {"engaged": true, "reason": "loops", "by": "carol", "at": "2026-11-22T12:00:00Z"}},
                 "b": {"status": "perhaps"},
                 "c": {"status": "perhaps", "kill_switch": true}}
                """).run("list");

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .contains("a     KILLED   on, off   killed by carol at 2026-11-22T12:00:00Z: loops · Tools\n")
                .contains("b     invalid            /b/status: expected one of")
                .contains("c     KILLED             /c/status: expected one of");
        assertThat(ran.err()).startsWith("warning: flags.json:3:");
    }

    @Test
    void says_first_where_all_flags_are_killed() {
        shell.file("flags.json", """
                {"version": 1, "kill_switch": {"engaged": true, "reason": "incident 7"}, "flags": {"a": {"status": "on"}}}
                """);

        assertThat(shell.run("list").out()).isEqualTo("""
                All flags are killed: incident 7
                FLAG  STATUS  VARIANTS
                a     KILLED  on, off
                """);
        assertThat(shell.run("list", "--json").out())
                .startsWith(
                        "{\"flag_set\":null,\"serial\":null,\"killed\":true,\"flags\":[{\"key\":\"a\",\"killed\":true,"
                                + "\"kill_reason\":\"incident 7\",\"status\":\"on\"");
    }

    @Test
    void says_where_there_are_none() {
        assertThat(shell.file("flags.json", "{\"version\": 1, \"flags\": {}}").run("list"))
                .isEqualTo(new Ran(0, "flags.json has no flags\n", ""));
    }

    @Test
    void has_the_same_as_json() {
        shell.file("flags.json", """
                {"version": 1, "flag_set": "agents", "serial": 3, "flags": {
                  "a": {"status": "percentage", "percentage": 2.5, "targeted_users": ["x", "y"], "targeted_plans": ["q", "p"],
                        "excluded_users": ["z"], "owner": "o", "tags": ["t"], "expires": "2027-03-01", "description": "D",
                        "rules": [{"id": "r", "when": {"attribute": "n", "op": "exists"}, "serve": "on"}]},
                  "b": {}}}
                """);

        assertThat(shell.run("list", "--json").out())
                .isEqualTo("{\"flag_set\":\"agents\",\"serial\":3,\"killed\":false,\"flags\":["
                        + "{\"key\":\"a\",\"killed\":false,\"kill_reason\":null,\"status\":\"percentage\",\"percentage\":2.5,"
                        + "\"targeted_users\":2,\"excluded_users\":1,\"targeted_plans\":[\"p\",\"q\"],\"rules\":[\"r\"],"
                        + "\"variants\":{\"on\":true,\"off\":false},\"description\":\"D\",\"owner\":\"o\",\"tags\":[\"t\"],"
                        + "\"expires\":\"2027-03-01\"},"
                        + "{\"key\":\"b\",\"killed\":false,\"kill_reason\":null,\"invalid\":"
                        + "\"/flags/b/status: expected one of [off, on, percentage, targeted], found nothing\"}]}\n");
    }
}
