package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import picocli.CommandLine.Command;

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
final class PauseCommand extends FlagChange {

    PauseCommand(Session session) {
        super(session);
    }

    @Override
    Outcome apply(Target target, String flag, String reason) throws CommandException {
        return target.apply(new Operation.Pause(flag, reason));
    }
}
