package dev.agentflags.document;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a document, and where.
 *
 * @param severity whether what it names can be used at all
 * @param pointer the place, as a JSON pointer (RFC 6901); empty for the document itself
 * @param line of that place, from 1, or 0 where it is not known
 * @param column of that place, from 1, or 0 where it is not known
 * @param flag the key of the flag that it concerns, or null where it concerns none or many
 * @param message what was expected and what was found
 */
public record Problem(
        Severity severity,
        String pointer,
        int line,
        int column,
        @Nullable String flag,
        String message) {

    /** How bad a problem is. */
    public enum Severity {
        /** What it names cannot be used. */
        ERROR,
        /** It does no harm by itself, but is probably a mistake; those who write a document must not make it. */
        WARNING
    }

    /**
     * Returns a warning about one field of each of some flags, for those who judge more than whether a document can be read.
     *
     * @param text a document that could be read
     * @param messages by the flag's key
     */
    public static List<Problem> warnings(String text, String field, Map<String, String> messages) {
        boolean full = Form.of(Json.parseTrusted(text)) == Form.FULL;
        Place flags = full ? Place.ROOT.child("flags") : Place.ROOT;
        var problems = new Problems();
        messages.forEach((key, message) -> {
            problems.concerning(key);
            problems.warning(flags.child(key).child(field), message);
        });
        return problems.locatedIn(text);
    }

    /** Returns the problem on one line, such as {@code 12:5: /flags/search/status: expected ...}. */
    @Override
    public String toString() {
        String place = line > 0 ? line + ":" + column + ": " : "";
        return place + (pointer.isEmpty() ? "" : printable(pointer) + ": ") + message;
    }

    private static String printable(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
