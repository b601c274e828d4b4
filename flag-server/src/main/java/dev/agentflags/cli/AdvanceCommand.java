package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
final class AdvanceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    AdvanceCommand(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    @Override
    public Integer call() throws CommandException {
        var operation = new Operation.Advance(key, change.reason());
        change.report(key, flags.open(change.actor()).apply(operation, null));
        return Exit.DONE;
    }
}
