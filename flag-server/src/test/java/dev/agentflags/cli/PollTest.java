package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PollTest {

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory).file("flags.json", Shell.SEED);
    }

    @Test
    void shows_how_many_users_get_what_and_why() {
        String users =
                IntStream.range(0, 1000).mapToObj(i -> "user-" + i + "\n").collect(Collectors.joining());

        assertThat(shell.file("users.txt", users + "alice\n").run("evaluate", "--users", "@users.txt"))
                .isEqualTo(new Ran(0, """
                                1,001 users

                                FLAG                     VARIANT  REASON           USERS     SHARE
                                new_reasoning_prompt     off      SPLIT              743   74.23 %  ███████████████
                                                         on       SPLIT              257   25.67 %  █████
                                                         on       TARGETING_MATCH      1    0.10 %
                                enable_code_interpreter  off      DEFAULT          1,001  100.00 %  ████████████████████
                                use_gpt4o_mini           off      STATIC           1,001  100.00 %  ████████████████████
                                """, ""));
    }

    @Test
    void reads_objects_too() {
        shell.input("""
                {"targetingKey": "a", "plan": "pro"}
                {"targetingKey": "b", "attributes": {"plan_since": 3}}

                carol
                """);

        assertThat(shell.run("evaluate", "enable_code_interpreter", "--users", "-", "--json")
                        .out())
                .isEqualTo("{\"users\":3,\"serial\":null,\"flags\":{\"enable_code_interpreter\":["
                        + "{\"variant\":\"off\",\"reason\":\"DEFAULT\",\"users\":2,\"share\":0.6666666666666666},"
                        + "{\"variant\":\"on\",\"reason\":\"TARGETING_MATCH\",\"users\":1,\"share\":0.3333333333333333}"
                        + "]}}\n");
    }

    @Test
    void takes_plan_and_attributes_of_the_options_where_a_line_does_not_say_otherwise() {
        shell.file("flags.json", """
                {"x": {"status": "targeted", "targeted_plans": ["pro"],
                       "rules": [{"when": {"attribute": "region", "op": "in", "values": ["de"]}, "serve": "off"}]}}
                """).input("""
                a
                {"targetingKey": "b", "plan": "free"}
                {"targetingKey": "c", "region": "fr"}
                """);

        Ran ran = shell.run("evaluate", "--users", "-", "--plan", "pro", "--attribute", "region=de");

        assertThat(ran.out()).containsPattern("off +TARGETING_MATCH +2 ").containsPattern("on +TARGETING_MATCH +1 ");
    }

    @Test
    void passes_over_empty_lines_line_ends_of_windows_and_a_byte_order_mark() {
        shell.input("\uFEFFalice\r\n\r\nalice\r\nalice");

        assertThat(shell.run("evaluate", "new_reasoning_prompt", "--users", "-").out())
                .contains("3 users")
                .containsPattern("on +TARGETING_MATCH +3 +100.00 %");
    }

    @Test
    void counts_nobody() {
        assertThat(shell.run("evaluate", "--users", "-")).isEqualTo(new Ran(0, "0 users\n", ""));
        assertThat(shell.run("evaluate", "--users", "-", "--json", "use_gpt4o_mini")
                        .out())
                .isEqualTo("{\"users\":0,\"serial\":null,\"flags\":{\"use_gpt4o_mini\":[]}}\n");
    }

    @Test
    void counts_errors_as_what_they_are() {
        Ran ran = shell.input("{\"plan\": \"pro\"}\nbob\n").run("evaluate", "new_reasoning_prompt", "--users", "-");

        assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
        assertThat(ran.out()).containsPattern("– +ERROR TARGETING_KEY_MISSING +1 +50.00 %");
    }

    @Test
    void names_the_line_that_it_cannot_read() {
        assertThat(shell.input("a\n{\"targetingKey\": 7}\n").run("evaluate", "--users", "-"))
                .isEqualTo(new Ran(
                        Exit.PROBLEMS, "", "error: standard input:2: /targetingKey: expected a string, found 7\n"));
        assertThat(shell.input("a\n{\"targetingKey\": \n")
                        .run("evaluate", "--users", "-")
                        .err())
                .startsWith("error: standard input:2: not JSON: ");
        assertThat(shell.input("{\"attributes\": 1}\n")
                        .run("evaluate", "--users", "-")
                        .err())
                .isEqualTo("error: standard input:1: /attributes: expected an object, found 1\n");
    }

    @Test
    void refuses_what_is_not_utf_8() {
        assertThat(shell.input("a\nZo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1))
                        .run("evaluate", "--users", "-"))
                .isEqualTo(new Ran(Exit.PROBLEMS, "", "error: standard input:2: expected UTF-8\n"));
    }

    @Test
    void says_that_there_is_no_file() {
        Ran ran = shell.run("evaluate", "--users", "@users.txt");

        assertThat(ran.status()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(ran.err()).startsWith("error: there is no file users.txt\n");
    }

    @Test
    void says_that_the_input_broke_off() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        shell.input(closed);

        assertThat(shell.run("evaluate", "--users", "-"))
                .isEqualTo(new Ran(Exit.UNAVAILABLE, "", "error: standard input:1: cannot be read: Stream closed\n"));
    }
}
