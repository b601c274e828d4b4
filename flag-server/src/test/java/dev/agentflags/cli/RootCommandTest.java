package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootCommandTest {

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    @Test
    void lists_its_commands_and_exit_statuses() {
        Ran ran = shell.run("--help");

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("evaluate    Show what a user gets")
                .contains("roll-back   Take a flag to the stage before.")
                .contains("   3   there is no flag of that key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate",
                "explain",
                "list",
                "lint",
                "kill",
                "revive",
                "advance",
                "roll-back",
                "pause",
                "set",
                "remove",
                "plan",
                "replay",
                "audit",
                "serve",
                "token",
                "completion"
            })
    void explains_each_command_with_an_example(String command) {
        Ran ran = shell.run(command, "--help");

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("Usage: agentflags " + command)
                .contains("Exit status:")
                .containsPattern("Examples:\\R.*agentflags " + command);
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 110);
    }

    @Test
    void says_its_version() {
        Ran ran = shell.run("--version");

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("agentflags ");
    }

    @Test
    void wants_a_command() {
        assertThat(shell.run()).isEqualTo(usage("no command was given", "agentflags --help"));
    }

    @Test
    void suggests_the_command_that_was_meant() {
        assertThat(shell.run("evalute"))
                .isEqualTo(usage("there is no command \"evalute\"; did you mean evaluate?", "agentflags --help"));
        assertThat(shell.run("frobnicate")).isEqualTo(usage("there is no command \"frobnicate\"", "agentflags --help"));
    }

    @Test
    void suggests_the_option_that_was_meant() {
        assertThat(shell.run("explain", "x", "--usr", "alice"))
                .isEqualTo(usage("unknown option --usr; did you mean --user?", "agentflags explain --help"));
    }

    @Test
    void refuses_one_argument_too_many() {
        assertThat(shell.run("explain", "x", "y"))
                .isEqualTo(usage("unexpected argument \"y\"", "agentflags explain --help"));
    }

    @Test
    void names_the_argument_that_is_missing() {
        assertThat(shell.run("advance"))
                .isEqualTo(usage("Missing required parameter: 'KEY'", "agentflags advance --help"));
    }

    @Test
    void reports_a_bug_without_a_stack_trace() {
        shell.file("flags.json", Shell.SEED).admins((path, actor) -> {
            throw new IllegalStateException("two\nlines");
        });

        assertThat(shell.run("list")).isEqualTo(new Ran(Exit.BUG, "", """
                        error: a bug in agentflags: IllegalStateException: two
                         hint: please report it, with the command and, if you can, the document
                        """));
    }

    @Test
    void prints_a_completion_script() {
        Ran ran = shell.run("completion");

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("complete -F _complete_agentflags -o default agentflags")
                .contains("--target-plan");
    }

    private static Ran usage(String error, String hint) {
        return new Ran(Exit.USAGE, "", "error: " + error + "\n hint: " + hint + "\n");
    }
}
