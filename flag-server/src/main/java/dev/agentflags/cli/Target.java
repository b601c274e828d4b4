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
import dev.agentflags.model.FlagValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The flags that a command is about. What fails is said in terms of the command line.
 *
 * @param origin where they are
 * @param admin reads and changes them
 */
record Target(Origin origin, FlagAdmin admin) {

    /** Returns what they are called in messages. */
    String name() {
        return origin.name();
    }

    /** Returns the document as it is now. */
    Loaded load() throws CommandException {
        Stored stored = stored();
        try {
            return new Loaded(origin, stored, DocumentReader.read(stored.text()));
        } catch (DocumentException e) {
            throw refused(e);
        }
    }

    /** Returns the text as it is now. */
    Stored stored() throws CommandException {
        try {
            return admin.document();
        } catch (AdminException e) {
            throw failed(e, null);
        }
    }

    /** Does an operation, whatever the document has become since somebody last looked at it. */
    Outcome apply(Operation operation) throws CommandException {
        try {
            return admin.apply(operation, null);
        } catch (AdminException e) {
            throw failed(e, operation.key());
        }
    }

    /**
     * Changes one flag, if nobody else changes it between the moment when it is read and the moment when it is written. Changes of
     * other flags do not matter.
     *
     * @param edit what is to be done with the flag as it is
     */
    Edited edit(String key, Edit edit) throws CommandException {
        Loaded document = load();
        FlagValue before = document.definition(key);
        while (true) {
            Operation operation = edit.of(document, before);
            try {
                return new Edited(
                        before, admin.apply(operation, document.stored().version()));
            } catch (AdminException e) {
                if (e.kind() != AdminException.Kind.CONFLICT) {
                    throw failed(e, key);
                }
            }
            document = load();
            if (!Objects.equals(before, document.definition(key))) {
                throw new CommandException(
                        Exit.CONFLICT,
                        "somebody else changed \"" + key + "\" in " + name() + " at the same time",
                        "look at it again, and repeat the command");
            }
        }
    }

    /** Makes an operation of a flag as it is. */
    interface Edit {

        /**
         * Returns what is to be done.
         *
         * @param before the flag's definition, or null where there is no such flag
         */
        Operation of(Loaded document, @Nullable FlagValue before) throws CommandException;
    }

    /**
     * A change of one flag that was done.
     *
     * @param before the flag's definition before it, or null where there was none
     */
    record Edited(@Nullable FlagValue before, Outcome outcome) {}

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
            return impossible(document, load());
        }
        return new CommandException(
                Exit.of(e.kind()), name() + ": " + message.lines().findFirst().orElse(""), advice(e.kind()));
    }

    private static @Nullable String advice(AdminException.Kind kind) {
        return kind == AdminException.Kind.FORBIDDEN ? ServerOption.TOKEN_ADVICE : null;
    }

    private CommandException refused(DocumentException e) {
        String first =
                e.problems().stream().findFirst().map(problem -> ": " + problem).orElse("");
        return new CommandException(Exit.PROBLEMS, name() + " is refused" + first + more(e.problems()), lint());
    }

    /** Without lines and columns: nobody has the document that the change would have led to. */
    private CommandException impossible(DocumentException e, Loaded now) {
        String first = e.problems().stream()
                .findFirst()
                .map(problem -> ": " + problem.pointer() + ": " + problem.message())
                .orElse("");
        return new CommandException(
                Exit.PROBLEMS,
                name() + " would have problems" + first + more(e.problems()),
                now.parsed().problems().isEmpty() ? null : "it has some already: " + lint());
    }

    private String lint() {
        return origin.lint() + " shows everything";
    }

    private static String more(List<Problem> problems) {
        return problems.size() > 1 ? " (and %d more)".formatted(problems.size() - 1) : "";
    }
}
