package dev.agentflags.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentflags lint}: everything that is wrong with documents. */
@Command(
        name = "lint",
        header = {"Check documents as strictly as those who write them must.", ""},
        description = {
            "An error or a warning makes the exit status 1.",
            "A flag that has expired is a notice; it makes the exit status 1 only with --fail-on-expired, so that no build"
                    + " breaks because of the date alone."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags lint",
            "  agentflags lint flags/*.json --fail-on-expired",
            "  git show HEAD:flags.json | agentflags lint -",
            "",
            "Each problem is a line: flags.json:12:5: error: /flags/search/status: expected ..."
        })
final class LintCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "The documents; - is standard input. Unless given, the one that --flags or --server names.")
    private List<String> files = List.of();

    @Mixin
    private FlagsOption flags;

    @Option(names = "--fail-on-expired", order = 5, description = "Exit with 1 where a flag has expired, too.")
    private boolean failOnExpired;

    @Mixin
    private JsonOption json = new JsonOption();

    LintCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        var report = new LintReport(files.isEmpty() ? List.of(check(flags)) : check(files));
        if (json.chosen()) {
            session.out().println(report.json());
        } else {
            report.print(session.out(), session.screen().out());
        }
        return report.isClean(failOnExpired) ? Exit.DONE : Exit.PROBLEMS;
    }

    private Findings check(FlagsOption flags) throws CommandException {
        if (!flags.isServer()) {
            return check(flags.path().toString());
        }
        Target target = flags.open();
        return Findings.of(target.name(), target.stored().text().getBytes(StandardCharsets.UTF_8), session.clock());
    }

    private List<Findings> check(List<String> names) throws CommandException {
        List<Findings> all = new ArrayList<>();
        for (String name : names) {
            all.add(check(name));
        }
        return all;
    }

    private Findings check(String name) throws CommandException {
        if (name.equals("-")) {
            return Findings.of("standard input", Bytes.of(session.in()), session.clock());
        }
        return Findings.of(name, Bytes.of(Path.of(name)), session.clock());
    }
}
