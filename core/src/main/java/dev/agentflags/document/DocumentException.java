package dev.agentflags.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document, or a change of one, that is refused as a whole. */
public final class DocumentException extends Exception {

    private static final long serialVersionUID = 1;
    private static final int SHOWN = 10;

    private final transient List<Problem> problems;

    /** Makes an exception that names these problems, of which there is at least one. */
    public DocumentException(List<Problem> problems) {
        super(describe(problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns everything that was found wrong, in the document's order; empty after deserialisation. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /** Returns the problems a line each, and how many more there are where they are many. */
    static String describe(List<Problem> problems) {
        String shown = problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() <= SHOWN ? shown : shown + "\nand " + (problems.size() - SHOWN) + " more";
    }
}
