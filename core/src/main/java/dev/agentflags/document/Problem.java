package dev.agentflags.document;

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

    /** Returns the problem on one line, such as {@code 12:5: /flags/search/status: expected ...}. */
    @Override
    public String toString() {
        String place = line > 0 ? line + ":" + column + ": " : "";
        return place + (pointer.isEmpty() ? "" : pointer + ": ") + message;
    }
}
