package dev.agentflags.file;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an audit file: an entry, which document it was done to, and which line it follows. Immutable.
 *
 * @param entry what was done
 * @param documentBefore the version of the document that it was done to, or null where the line does not say
 * @param document the version that the document has if it was done, or null where the line does not say
 * @param afterTorn whether the line before this one was cut short, and tells of nothing that was done
 * @param previous {@link AuditChain#link} of the line before this one, or null where the line does not say
 */
record AuditLine(
        AuditEntry entry,
        @Nullable String documentBefore,
        @Nullable String document,
        boolean afterTorn,
        @Nullable String previous) {

    private static final String DOCUMENT_BEFORE = "document_before";
    private static final String DOCUMENT = "document";
    private static final String AFTER_TORN = "after_torn_line";
    private static final String PREVIOUS = "previous";

    /** Returns the same line after another one. */
    AuditLine after(String text) {
        return new AuditLine(entry, documentBefore, document, afterTorn, AuditChain.link(text));
    }

    /** Returns the line without the line feed at its end. */
    String toJson() {
        Map<String, FlagValue> fields = new LinkedHashMap<>(entry.fields());
        if (documentBefore != null) {
            fields.put(DOCUMENT_BEFORE, new Text(documentBefore));
        }
        if (document != null) {
            fields.put(DOCUMENT, new Text(document));
        }
        if (afterTorn) {
            fields.put(AFTER_TORN, new Bool(true));
        }
        if (previous != null) {
            fields.put(PREVIOUS, new Text(previous));
        }
        return JsonText.write(new Structure(fields));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is not an entry
     */
    static AuditLine fromJson(String json) {
        try {
            Map<String, FlagValue> fields =
                    JsonText.read(json) instanceof Structure structure ? structure.fields() : Map.of();
            return new AuditLine(
                    AuditEntry.fromJson(json),
                    text(fields.get(DOCUMENT_BEFORE)),
                    text(fields.get(DOCUMENT)),
                    new Bool(true).equals(fields.get(AFTER_TORN)),
                    text(fields.get(PREVIOUS)));
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static @Nullable String text(@Nullable FlagValue value) {
        return value instanceof Text text ? text.value() : null;
    }
}
