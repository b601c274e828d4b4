package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    private Ran create(String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"token", "create", "--tokens", "@tokens.json"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return shell.run(arguments);
    }

    private static String id(Ran created) {
        return created.out().split("_", 3)[1];
    }

    @Test
    void prints_a_token_once_and_keeps_its_hash() {
        Ran ran = create("--name", "oncall", "--scope", "kill,audit", "--flags", "a,b", "--expires", "90d");

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).matches("af_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n");
        assertThat(ran.err())
                .isEqualTo("token " + id(ran) + " of oncall is in tokens.json; nobody can show it again\n");
        assertThat(shell.read("tokens.json"))
                .contains(
                        "\"scopes\":[\"audit\",\"kill\"]",
                        "\"flags\":[\"a\",\"b\"]",
                        "\"created\":\"2026-11-22T12:00:00Z\"",
                        "\"expires\":\"2027-02-20T12:00:00Z\"")
                .doesNotContain(ran.out().strip());
    }

    @Test
    void lists_tokens_without_what_is_secret() {
        Ran first = create("-n", "agents", "--scope", "read");
        Ran second = create("-n", "oncall", "--scope", "kill", "--flag", "*", "--expires", "1h");
        Ran list = shell.run("token", "list", "--tokens", "@tokens.json");

        assertThat(list.out().lines())
                .containsExactly(
                        "ID            NAME    SCOPES  CREATED               EXPIRES               FLAGS",
                        id(first) + "  agents  read    2026-11-22T12:00:00Z  never                 (all)",
                        id(second) + "  oncall  kill    2026-11-22T12:00:00Z  2026-11-22T13:00:00Z  *");
    }

    @Test
    void lets_a_name_have_two_tokens_until_one_is_revoked() {
        Ran first = create("-n", "agents", "--scope", "read");
        create("-n", "agents", "--scope", "read");
        Ran third = create("-n", "agents", "--scope", "read");

        assertThat(third.status()).isEqualTo(Exit.PROBLEMS);
        assertThat(third.out()).isEmpty();
        assertThat(third.err()).contains("error: agents has the tokens " + id(first) + " and ");
        assertThat(shell.run("token", "revoke", id(first), "-t", "@tokens.json"))
                .isEqualTo(new Ran(0, "token " + id(first) + " of agents is revoked\n", ""));
        assertThat(create("-n", "agents", "--scope", "read").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--name x",
                "--scope read",
                "--name x --scope all",
                "--name x --scope read --expires soon",
                "--name x --scope read --expires 0d",
                "--name <x> --scope read"
            })
    void explains_wrong_usage(String arguments) {
        Ran ran = create(arguments.split(" ", -1));

        assertThat(ran.status()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).startsWith("error: ");
        assertThat(directory.resolve("tokens.json")).doesNotExist();
    }

    @Test
    void knows_when_there_is_nothing() {
        assertThat(shell.run("token", "list", "-t", "@tokens.json").status()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(shell.run("token", "revoke", "x", "-t", "@tokens.json").status())
                .isEqualTo(Exit.UNAVAILABLE);
        create("-n", "agents", "--scope", "read");
        assertThat(shell.run("token", "revoke", "x", "-t", "@tokens.json").status())
                .isEqualTo(Exit.PROBLEMS);
        assertThat(shell.run("token").err()).contains("no command was given", "agentflags token --help");
    }
}
