package dev.agentflags.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code agentflags completion}: what makes a shell complete commands and options. */
@Command(
        name = "completion",
        header = {"Print what makes a shell complete commands and options.", ""},
        description = "The script works in bash and in zsh.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(agentflags completion)", "  agentflags completion > /etc/bash_completion.d/agentflags"})
final class CompletionCommand implements Callable<Integer> {

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.out().print(AutoComplete.bash(RootCommand.NAME, spec.root().commandLine()));
        session.out().flush();
        return Exit.DONE;
    }
}
