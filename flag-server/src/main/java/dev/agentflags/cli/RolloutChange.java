package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that does something to the rollout of one flag, for which it takes no more than a reason. */
abstract class RolloutChange implements Callable<Integer> {

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    RolloutChange(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    /** Returns what is to be done. */
    abstract Operation operation(String flag, String reason);

    @Override
    public final Integer call() throws CommandException {
        change.report(key, flags.open(change.actor()).apply(operation(key, change.reason())));
        return Exit.DONE;
    }
}
