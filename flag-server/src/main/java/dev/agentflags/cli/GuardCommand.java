package dev.agentflags.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agentflags guard}: what is known of guarded rollouts. */
@Command(
        name = "guard",
        header = {"Show what is known of guarded rollouts.", ""},
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class GuardCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private GuardCommand() {}

    /** Returns the command with all that are under it. */
    static CommandLine commandLine(Session session) {
        return new CommandLine(new GuardCommand()).addSubcommand(new GuardStatusCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }
}
