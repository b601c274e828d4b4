package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import picocli.CommandLine.Command;

/** {@code agentflags advance}: takes a flag to the next stage of its rollout. */
@Command(
        name = "advance",
        header = {"Take a flag to the next stage of its rollout.", ""},
        description = {
            "Takes a flag to the next stage of its rollout: 1, 5, 25, 50, 100 %% unless the flag has its own; at 100 %% its status"
                    + " becomes on. Whoever had it keeps it.",
            "Refused while the flag is killed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags advance support_agent --reason \"no complaints for a day\""})
final class AdvanceCommand extends FlagChange {

    AdvanceCommand(Session session) {
        super(session);
    }

    @Override
    Outcome apply(Target target, String flag, String reason) throws CommandException {
        return target.apply(new Operation.Advance(flag, reason));
    }
}
