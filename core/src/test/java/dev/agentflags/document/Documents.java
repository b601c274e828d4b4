package dev.agentflags.document;

import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import java.util.List;
import java.util.Objects;

/** Small documents for tests, with single quotes for double ones. */
final class Documents {

    private Documents() {}

    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    /** Returns a document with the flag "f", which is on unless its fields say otherwise. */
    static String flag(String fields) {
        String status = fields.contains("'status'") ? "" : fields.isEmpty() ? "'status': 'on'" : "'status': 'on', ";
        return json("{'version': 1, 'flags': {'f': {" + status + fields + "}}}");
    }

    static ParsedDocument read(String document) {
        try {
            return DocumentReader.read(document);
        } catch (DocumentException e) {
            throw new AssertionError(e);
        }
    }

    static Flag soundFlag(String fields) {
        ParsedDocument document = read(flag(fields));
        if (!document.problems().isEmpty()) {
            throw new AssertionError(document.problems());
        }
        return (Flag) definition(document, "f");
    }

    static InvalidFlag invalidFlag(String fields) {
        return (InvalidFlag) definition(read(flag(fields)), "f");
    }

    static Definition definition(ParsedDocument document, String key) {
        return Objects.requireNonNull(document.ruleset().flags().get(key), key);
    }

    /** Returns the problems of a document, refused or not, as pointer, colon, message. */
    static List<String> problems(String document) {
        List<Problem> problems;
        try {
            problems = DocumentReader.read(document).problems();
        } catch (DocumentException e) {
            problems = e.problems();
        }
        return problems.stream()
                .map(problem -> problem.pointer() + ": " + problem.message())
                .toList();
    }
}
