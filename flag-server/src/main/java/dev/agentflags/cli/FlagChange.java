package dev.agentflags.cli;

import dev.agentflags.admin.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that does something to one flag, for which it takes no more than a reason. */
abstract class FlagChange implements Callable<Integer> {

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private ChangeOptions change;

    FlagChange(Session session) {
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    /** Does it. */
    abstract Outcome apply(Target target, String flag, String reason) throws CommandException;

    @Override
    public final Integer call() throws CommandException {
        change.report(key, apply(flags.open(change.actor()), key, change.reason()));
        return Exit.DONE;
    }
}
