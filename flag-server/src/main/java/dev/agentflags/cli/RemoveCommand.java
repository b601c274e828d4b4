package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentflags remove}: takes a flag out of the document. */
@Command(
        name = "remove",
        header = {"Take a flag out of the document.", ""},
        description = {
            "Removes a flag from the document. Callers get their own default from then on.",
            "Refused while the flag is killed, or required by another, and where somebody changes the document meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags remove support_agent --reason \"on for everybody since May\""})
final class RemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    RemoveCommand(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    @Override
    public Integer call() throws CommandException {
        Target target = flags.open(change.actor());
        Loaded document = target.load();
        document.keys(List.of(key));
        var operation = new Operation.Remove(key, change.reason());
        change.report(key, target.apply(operation, document.stored().version()));
        return Exit.DONE;
    }
}
