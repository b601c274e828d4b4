package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentflags pause}: holds a guarded rollout where it is. */
@Command(
        name = "pause",
        header = {"Hold a guarded rollout at its stage.", ""},
        description = {
            "Holds a guarded rollout at its present stage: the guard does not take it on any more, and still stops it where it"
                    + " is worse. Pausing it again changes nothing.",
            "It lasts until somebody advances the flag."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags pause support_agent --reason \"the model's provider has trouble\""})
final class PauseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    PauseCommand(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (flags.isServer()) {
            throw new CommandException(
                    Exit.USAGE,
                    "pause does not go to a server yet",
                    "send it POST /admin/v1/rollouts/" + key + "/pause with {\"reason\": \"…\"}");
        }
        var operation = new Operation.Pause(key, change.reason());
        change.report(key, flags.open(change.actor()).apply(operation));
        return Exit.DONE;
    }
}
