package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code agentflags remove}: takes a flag out of the document. */
@Command(
        name = "remove",
        header = {"Take a flag out of the document.", ""},
        description = {
            "Removes a flag from the document. Callers get their own default from then on.",
            "Refused while the flag is killed, or required by another, and where somebody else changes it meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags remove support_agent --reason \"on for everybody since May\""})
final class RemoveCommand extends FlagChange {

    RemoveCommand(Session session) {
        super(session);
    }

    @Override
    Outcome apply(Target target, String flag, String reason) throws CommandException {
        return target.edit(flag, (document, before) -> {
                    document.keys(List.of(flag));
                    return new Operation.Remove(flag, reason);
                })
                .outcome();
    }
}
