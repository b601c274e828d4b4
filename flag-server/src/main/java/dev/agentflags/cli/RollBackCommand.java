package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
final class RollBackCommand implements Callable<Integer> {

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    RollBackCommand(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    @Override
    public Integer call() throws CommandException {
        var operation = new Operation.RollBack(key, change.reason());
        change.report(key, flags.open(change.actor()).apply(operation, null));
        return Exit.DONE;
    }
}
