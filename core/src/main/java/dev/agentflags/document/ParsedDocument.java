package dev.agentflags.document;

import dev.agentflags.model.Ruleset;
import java.util.List;

/**
 * A document that could be read.
 *
 * @param ruleset what it says; a flag with errors is in it as an {@link dev.agentflags.model.InvalidFlag}
 * @param problems errors of single flags, and warnings, in the document's order
 * @param version tells this document from others of its kind: its serial, or, where it has none, eight hexadecimal digits of the
 *     SHA-256 of its text
 */
public record ParsedDocument(Ruleset ruleset, List<Problem> problems, String version) {

    public ParsedDocument {
        problems = List.copyOf(problems);
    }

    /**
     * Returns this document if nothing is wrong with it.
     *
     * @throws DocumentException if it has any problem, warnings included
     */
    public ParsedDocument orThrow() throws DocumentException {
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
        return this;
    }
}
