package dev.agentflags.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentflags replay}: what a document would have done to recorded traffic. */
@Command(
        name = "replay",
        header = {"Show what a document would have done to recorded traffic.", ""},
        description = {
            "Who would flip: users who get a flag now and did not before, or the other way round, by plan. And when the guard"
                    + " would have acted, had this traffic come.",
            "An outcome only counts where the turn was served what the document gives, and where the bucket decided that: what"
                    + " others would have met, nobody knows. Nothing is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags replay turns.jsonl --flags new.json --before flags.json",
            "  agentflags replay examples/turns.jsonl support_agent --flags examples/flags-full.json --json",
            "  zcat turns.jsonl.gz | agentflags replay - --show 100",
            "",
            "The record has a JSON object a line, in the order of time. Only the time is needed:",
            "  {\"time\": \"2026-11-22T10:00:00Z\", \"targetingKey\": \"alice\", \"plan\": \"pro\",",
            "   \"attributes\": {\"region\": \"de\"}, \"variants\": {\"support_agent\": \"on\"},",
            "   \"error\": false, \"tool_error\": false, \"feedback\": \"good\", \"latency_ms\": 1820,",
            "   \"tokens\": 950, \"cost\": 0.004}",
            "variants: what the turn was served, \"default\" for the caller's own default. Where a line does not say, it was",
            "what the document of --before gives; without one, its outcome does not count. docs/replay.md says more."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "FILE", description = "The recorded turns; - is standard input.")
    private String file = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "The flags to look at; all unless given.")
    private List<String> keys = List.of();

    @Mixin
    private FlagsOption flags;

    @Option(
            names = {"-b", "--before"},
            paramLabel = "FILE",
            order = 2,
            description = "The document that was in force when the traffic was recorded.")
    private @Nullable Path before;

    @Option(
            names = "--show",
            paramLabel = "N",
            order = 3,
            defaultValue = "10",
            description = "How many of the users who flip to name, of each flag and direction; ${DEFAULT-VALUE} unless"
                    + " given, 0 for none.")
    private int show;

    @Mixin
    private JsonOption json = new JsonOption();

    ReplayCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (show < 0) {
            throw new CommandException(Exit.USAGE, "--show: expected a number of at least 0, found " + show, null);
        }
        Loaded document = flags.open().load();
        Collection<String> chosen = document.keys(keys);
        Loaded earlier = before == null ? null : before(before);
        document.warn(session.err(), session.screen().err());
        var replay = new Replay(session, document, earlier, chosen, show);
        var report = new ReplayReport(replay, replay.of(file));
        if (json.chosen()) {
            session.out().println(report.json());
        } else {
            report.print(session.out(), session.screen());
        }
        report.warn(session.err(), session.screen().err());
        return Exit.DONE;
    }

    private Loaded before(Path path) throws CommandException {
        FlagsOption.requireFile(path, "--before takes the document that was in force");
        return new Target(Origin.file(path), session.admins().open(path, "nobody")).load();
    }
}
