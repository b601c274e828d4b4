package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    private static final String FULL = """
            {"version": 1, "lineage": "l", "serial": 42, "flags": {
              "prompt": {"status": "percentage", "percentage": 12.5, "excluded_users": ["x"], "targeted_users": ["y", "z"],
                         "rules": [{"id": "eu", "when": {"attribute": "region", "op": "in", "values": ["de"]}, "serve": "off"},
                                   {"id": "old", "when": {"attribute": "age", "op": "gt", "value": 99}, "serve": "on"}]},
              "gone": {"status": "off", "off_variant": null},
              "bad": {"status": "maybe"}
            }}
            """;

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory).file("flags.json", FULL);
    }

    @Test
    void shows_the_ten_rows_and_what_decided() {
        assertThat(shell.run("explain", "prompt", "--user", "bob", "--plan", "pro", "--attribute", "age=100"))
                .isEqualTo(new Ran(0, """
                                prompt for user "bob", plan "pro", age 100

                                   ROW  LOOKS AT         FINDS
                                     1  kill switch      not engaged
                                     2  status off       the status is another
                                     3  required flags   none
                                     4  excluded users   user "bob", 1 listed
                                     5  targeted users   user "bob", 2 listed
                                     6  rules            "eu" does not hold
                                →                        "old" holds
                                     7  targeted plans   not reached
                                     8  on for everyone  not reached
                                     9  percentage       not reached
                                    10  nobody else      not reached

                                Row 6 decides: true, variant on, reason TARGETING_MATCH
                                Bucket: 14.7461 ≥ 12.5
                                Serial: 42
                                """, ""));
    }

    @Test
    void shows_bucket_and_percentage_where_they_decide() {
        assertThat(shell.run("explain", "prompt", "--user", "bob").out())
                .contains("→    9  percentage       bucket 14.7461, in below 12.5\n")
                .endsWith("""

                        Row 9 decides: false, variant off, reason SPLIT
                        Bucket: 14.7461 ≥ 12.5
                        Serial: 42
                        """);
    }

    @Test
    void says_where_there_is_nothing_to_bucket_by() {
        Ran ran = shell.run("explain", "prompt");

        assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
        assertThat(ran.out())
                .startsWith("prompt for nobody in particular\n")
                .contains("Row 9 decides: error TARGETING_KEY_MISSING, so callers get their own default\n")
                .contains("Bucket: none, there is nothing to bucket by\n");
    }

    @Test
    void says_where_callers_get_their_own_default() {
        assertThat(shell.run("explain", "gone").out())
                .contains("→    2  status off       yes")
                .contains("Row 2 decides: callers get their own default, reason DISABLED\n");
    }

    @Test
    void says_who_killed_a_flag_and_why() {
        shell.run("kill", "prompt", "--reason", "wrong refunds", "--actor", "carol");

        assertThat(shell.run("explain", "prompt").out())
                .containsPattern("→ {4}1  kill switch {6}engaged by carol at 20\\S+ because wrong refunds")
                .contains("Row 1 decides: false, variant off, reason KILLED\n");
    }

    @Test
    void shows_what_is_wrong_with_a_definition() {
        Ran ran = shell.run("explain", "bad");

        assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
        assertThat(ran.out()).isEqualTo("""
                        bad has a definition with errors: error PARSE_ERROR, so callers get their own default
                        /flags/bad/status: expected one of [off, on, percentage, targeted], found "maybe"
                        """);
    }

    @Test
    void has_the_same_as_json() {
        assertThat(shell.run("explain", "gone", "--json").out())
                .isEqualTo(
                        "{\"flag\":\"gone\",\"user\":null,\"plan\":null,\"serial\":42,\"value\":null,\"variant\":null,"
                                + "\"reason\":\"DISABLED\",\"bucket\":null,\"percentage\":null,\"decided_by\":2,\"steps\":["
                                + "{\"row\":1,\"title\":\"kill switch\",\"finding\":\"not engaged\",\"decided\":false},"
                                + "{\"row\":2,\"title\":\"status off\",\"finding\":\"yes\",\"decided\":true}]}\n");
    }

    @Test
    void suggests_the_nearest_key() {
        Ran ran = shell.run("explain", "Prmopt");

        assertThat(ran.status()).isEqualTo(Exit.NO_SUCH_FLAG);
        assertThat(ran.err())
                .isEqualTo("error: no flag in flags.json has the key \"Prmopt\"; did you mean \"prompt\"?\n");
    }
}
