package dev.agentflags.cli;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentflags audit}: who changed what, and why. */
@Command(
        name = "audit",
        header = {"Show who changed what, when and why.", ""},
        description = "The latest change comes last; times are UTC.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags audit --limit 20",
            "  agentflags audit --flag support_agent",
            "  agentflags audit --json | jq 'select(.operation == \"kill\")'",
            "  agentflags audit --verify"
        })
final class AuditCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private FlagsOption flags;

    @Option(
            names = "--flag",
            paramLabel = "KEY",
            order = 2,
            description = "Only what concerns this flag; what concerns all flags included.")
    private @Nullable String key;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            order = 3,
            description = "Only the latest N changes.")
    private @Nullable Integer limit;

    @Option(
            names = {"-j", "--json"},
            order = 10,
            description = "Print JSON, an object a line, for programs.")
    private boolean json;

    @Option(
            names = "--verify",
            order = 11,
            description =
                    "Instead, look whether every line still follows the line before it: one that was edited, removed or"
                            + " moved shows. What was cut off at the end does not. A server looks itself.")
    private boolean verify;

    AuditCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (limit != null && limit < 1) {
            throw new CommandException(Exit.USAGE, "--limit: expected a number of 1 or more, found " + limit, null);
        }
        if (verify) {
            return verify();
        }
        List<AuditEntry> entries = latest(entries(flags.open()));
        if (json) {
            entries.forEach(entry -> session.out().println(entry.toJson()));
        } else if (entries.isEmpty()) {
            session.out().println("no changes are recorded" + (key == null ? "" : " of " + Printable.of(key)));
        } else {
            table(entries).print(session.out(), session.screen());
        }
        return Exit.DONE;
    }

    private int verify() throws CommandException {
        AuditCheck check = check();
        if (check.problem() != null) {
            throw new CommandException(
                    Exit.PROBLEMS, flags.name() + ": the audit trail was tampered with: " + check.problem(), null);
        }
        session.out()
                .println("the audit trail of %s is whole: %d lines, %d of them tied to the line before"
                        .formatted(Printable.of(flags.name()), check.lines(), check.linked()));
        return Exit.DONE;
    }

    private AuditCheck check() throws CommandException {
        if (flags.isServer()) {
            return flags.checkAudit();
        }
        FlagsOption.requireFile(flags.path(), null);
        try {
            return session.checkAudit(flags.path());
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, "the audit trail cannot be read: " + e.getMessage(), null);
        }
    }

    /** A flag that was removed is still in the audit trail, so a key is only wrong where neither knows it. */
    private List<AuditEntry> entries(Target target) throws CommandException {
        List<AuditEntry> all = target.audit();
        if (key == null) {
            return all;
        }
        if (all.stream().noneMatch(entry -> key.equals(entry.flag()))) {
            target.load().keys(List.of(key));
        }
        return all.stream()
                .filter(entry -> entry.flag() == null || key.equals(entry.flag()))
                .toList();
    }

    private List<AuditEntry> latest(List<AuditEntry> entries) {
        return limit == null ? entries : entries.subList(Math.max(0, entries.size() - limit), entries.size());
    }

    private static Table table(List<AuditEntry> entries) {
        var table = new Table(List.of(
                Column.text("TIME"),
                Column.number("SERIAL"),
                Column.text("ACTOR"),
                Column.text("OPERATION"),
                Column.text("FLAG"),
                Column.longText("REASON"),
                Column.longText("CHANGE")));
        for (AuditEntry entry : entries) {
            table.row(List.of(
                    Cell.of(entry.time().truncatedTo(ChronoUnit.SECONDS).toString()),
                    Cell.of(entry.serial() == null ? "" : entry.serial().toString()),
                    Cell.of(entry.actor()),
                    new Cell(entry.operation(), entry.isKill() ? Tone.BAD : Tone.NORMAL),
                    entry.flag() == null ? new Cell("(all)", Tone.FAINT) : Cell.of(entry.flag()),
                    Cell.of(entry.reason()),
                    Cell.of(Differences.of(entry.before(), entry.after()).stream()
                            .map(Differences.Difference::toString)
                            .collect(Collectors.joining(", ")))));
        }
        return table;
    }
}
