package dev.agentflags.cli;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.document.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The flags that a command is about. What fails is said in terms of the command line.
 *
 * @param name what they are called in messages: the file
 * @param admin reads and changes them
 */
record Target(String name, FlagAdmin admin) {

    /** Returns the document as it is now. */
    Loaded load() throws CommandException {
        Stored stored = stored();
        try {
            return new Loaded(name, stored, DocumentReader.read(stored.text()));
        } catch (DocumentException e) {
            throw invalid("is refused", e);
        }
    }

    private Stored stored() throws CommandException {
        try {
            return admin.document();
        } catch (AdminException e) {
            throw failed(e, null);
        }
    }

    /**
     * Does an operation.
     *
     * @param ifVersion the version that the document must still have, or null for whichever it has
     */
    Outcome apply(Operation operation, @Nullable String ifVersion) throws CommandException {
        try {
            return admin.apply(operation, ifVersion);
        } catch (AdminException e) {
            throw failed(e, operation.key());
        }
    }

    /** Returns the audit trail, oldest entry first. */
    List<AuditEntry> audit() throws CommandException {
        try {
            return admin.audit();
        } catch (AdminException e) {
            throw failed(e, null);
        }
    }

    private CommandException failed(AdminException e, @Nullable String key) throws CommandException {
        String message = Objects.requireNonNullElse(e.getMessage(), "failed");
        if (e.kind() == AdminException.Kind.NO_SUCH_FLAG && key != null) {
            return load().noSuchFlag(key);
        }
        if (e.getCause() instanceof DocumentException document) {
            return message.contains("must be mended")
                    ? invalid("must be mended first", document)
                    : impossible(document);
        }
        String advice = e.kind() == AdminException.Kind.CONFLICT ? "look at it again, and repeat the command" : null;
        return new CommandException(
                Exit.of(e.kind()), name + ": " + message.lines().findFirst().orElse(""), advice);
    }

    private CommandException invalid(String verdict, DocumentException e) {
        String first =
                e.problems().stream().findFirst().map(problem -> ": " + problem).orElse("");
        return new CommandException(
                Exit.PROBLEMS,
                name + " " + verdict + first + more(e.problems()),
                "agentflags lint " + Printable.argument(name) + " shows everything");
    }

    /** Without lines and columns: nobody has the document that the change would have led to. */
    private CommandException impossible(DocumentException e) {
        String first = e.problems().stream()
                .findFirst()
                .map(problem -> ": " + problem.pointer() + ": " + problem.message())
                .orElse("");
        return new CommandException(Exit.PROBLEMS, name + " would have problems" + first + more(e.problems()), null);
    }

    private static String more(List<Problem> problems) {
        return problems.size() > 1 ? " (and %d more)".formatted(problems.size() - 1) : "";
    }
}
