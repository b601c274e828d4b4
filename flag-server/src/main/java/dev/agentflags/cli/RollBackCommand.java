package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import picocli.CommandLine.Command;

/** {@code agentflags roll-back}: takes a flag to the stage before. */
@Command(
        name = "roll-back",
        header = {"Take a flag to the stage before.", ""},
        description = {
            "Takes a flag to the stage of its rollout before the present one, and from the first one to 0 %%. Those who keep it"
                    + " are some of those who had it.",
            "Refused while the flag is killed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags roll-back support_agent --reason \"answers are slower\""})
final class RollBackCommand extends FlagChange {

    RollBackCommand(Session session) {
        super(session);
    }

    @Override
    Outcome apply(Target target, String flag, String reason) throws CommandException {
        return target.apply(new Operation.RollBack(flag, reason));
    }
}
