package dev.agentflags.cli;

import dev.agentflags.model.Flag;
import dev.agentflags.rollout.Checkpoint;
import dev.agentflags.rollout.GuardReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentflags guard status}: how guarded rollouts stand. */
@Command(
        name = "status",
        header = {"Show how guarded rollouts stand, and what they wait for.", ""},
        description = {
            "As whoever guards the file has last written it down beside it. A share in brackets is where the true one lies,"
                    + " at all times at once with 95 %%; a bar is full where the rollout is stopped, and grows with the"
                    + " logarithm of the evidence."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags guard status", "  agentflags guard status support_agent --json"})
final class GuardStatusCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "KEY", arity = "0..1", description = "The flag; all that are guarded unless given.")
    private @Nullable String key;

    @Mixin
    private FlagsOption flags;

    @Mixin
    private JsonOption json = new JsonOption();

    GuardStatusCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (flags.isServer()) {
            throw new CommandException(
                    Exit.USAGE, "how a server's rollouts stand is not known here yet", "name a file with --flags FILE");
        }
        Loaded document = flags.open().load();
        if (key != null) {
            document.keys(List.of(key));
        }
        List<String> guarded = guarded(document);
        List<GuardReport> reports = reports().stream()
                .filter(report -> guarded.contains(report.flag()))
                .toList();
        var status = new GuardStatus(guarded, reports);
        if (json.chosen()) {
            session.out().println(status.json());
        } else if (guarded.isEmpty()) {
            session.out().println(key == null ? "no flag is guarded" : Printable.of(key) + " is not guarded");
        } else {
            status.print(session.out(), session.screen());
        }
        return Exit.DONE;
    }

    /** Returns the keys of the flags that are asked for and have a guard. */
    private List<String> guarded(Loaded document) {
        return document.ruleset().flags().values().stream()
                .filter(definition -> definition instanceof Flag flag && flag.guard() != null)
                .map(definition -> definition.key())
                .filter(guarded -> key == null || key.equals(guarded))
                .toList();
    }

    private List<GuardReport> reports() throws CommandException {
        try {
            String text = session.checkpoint(flags.path());
            return text == null ? List.of() : Checkpoint.reports(text);
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, String.valueOf(e.getMessage()), null);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    Exit.PROBLEMS,
                    "what the guard has written down beside " + flags.path() + " cannot be read: " + e.getMessage(),
                    null);
        }
    }
}
