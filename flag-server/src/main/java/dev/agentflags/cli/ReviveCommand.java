package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentflags revive}: takes a kill back. */
@Command(
        name = "revive",
        header = {"Take a kill back.", ""},
        description = {
            "Takes the kill of a flag back, or the kill of all flags. It needs a --reason.",
            "Flags that were killed one by one stay killed when the kill of all flags is taken back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags revive support_agent --reason \"fixed in 2.4.1\"",
            "  agentflags revive --all --reason \"incident 4711 is over\""
        })
final class ReviveCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private KeyOrAll which = new KeyOrAll();

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    ReviveCommand(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (!change.hasReason()) {
            throw new CommandException(
                    Exit.USAGE, "a revival needs a reason, for the audit trail", "add --reason \"why it is safe now\"");
        }
        Operation operation = which.operation(
                key -> new Operation.Revive(key, change.reason()), new Operation.ReviveAll(change.reason()));
        change.report(which.name(), flags.open(change.actor()).apply(operation, null));
        return Exit.DONE;
    }
}
