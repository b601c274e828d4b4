package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentflags kill}: switches a flag, or all of them, off for everybody. */
@Command(
        name = "kill",
        header = {"Switch a flag, or all of them, off for everybody.", ""},
        description = {
            "Kills a flag for everybody, at once and whatever else it says; or all flags. Killing it again changes nothing.",
            "A kill is done even where the document has other problems, or the audit trail cannot be written."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags kill support_agent --reason \"wrong refunds\"",
            "  agentflags kill --all --reason \"incident 4711\""
        })
final class KillCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private KeyOrAll which = new KeyOrAll();

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    KillCommand(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    @Override
    public Integer call() throws CommandException {
        Operation operation = which.operation(
                key -> new Operation.Kill(key, change.reason()), new Operation.KillAll(change.reason()));
        change.report(which.name(), flags.open(change.actor()).apply(operation, null));
        return Exit.DONE;
    }
}
