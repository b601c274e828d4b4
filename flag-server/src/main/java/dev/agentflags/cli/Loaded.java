package dev.agentflags.cli;

import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentEditor;
import dev.agentflags.document.ParsedDocument;
import dev.agentflags.document.Problem;
import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Ruleset;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that could be read.
 *
 * @param origin where it is
 * @param stored its text and version
 * @param parsed what it says, and what is wrong with it
 */
record Loaded(Origin origin, Stored stored, ParsedDocument parsed) {

    /** Returns what it is called in messages. */
    String name() {
        return origin.name();
    }

    Ruleset ruleset() {
        return parsed.ruleset();
    }

    Evaluator evaluator() {
        return Evaluator.compile(ruleset());
    }

    /** Returns these keys, or all keys where none are named. */
    Collection<String> keys(List<String> named) throws CommandException {
        for (String key : named) {
            if (!ruleset().flags().containsKey(key)) {
                throw noSuchFlag(key);
            }
        }
        return named.isEmpty() ? ruleset().flags().keySet() : named;
    }

    /** Returns a flag's definition as it stands, or null where there is no such flag. */
    @Nullable
    FlagValue definition(String key) {
        return DocumentEditor.ofReadable(stored.text()).flag(key);
    }

    /** Returns the exception for a key that there is no flag of. */
    CommandException noSuchFlag(String key) {
        String nearest = Nearest.to(key, ruleset().flags().keySet());
        return new CommandException(
                Exit.NO_SUCH_FLAG,
                "no flag in " + name() + " has the key \"" + Printable.of(key) + "\""
                        + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"),
                nearest == null ? origin.list() + " shows the keys that there are" : null);
    }

    /** Says on one line that the document has problems, where it has any. */
    void warn(PrintWriter err, Paint paint) {
        List<Problem> problems = parsed.problems();
        if (!problems.isEmpty()) {
            String first = Printable.of(problems.get(0).toString());
            String more = problems.size() > 1 ? " (and " + (problems.size() - 1) + " more; " + origin.lint() + ")" : "";
            err.println(paint.apply(Paint.Tone.DOUBTFUL, "warning:") + " " + name() + ":" + first + more);
        }
    }

    /** Returns the document's serial, or null where it has none. */
    @Nullable
    Long serial() {
        return ruleset().serial();
    }
}
