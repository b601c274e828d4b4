package dev.agentflags.file;

import dev.agentflags.admin.AuditEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an audit trail must be given before its next entry, so that it says what happened to the document: writers die between
 * entry and document, and people edit by hand. Pure.
 */
final class AuditRepair {

    private static final String TORN =
            "the line above was cut short when its writer died; what it was for was not done";
    private static final String ABANDONED =
            "the entry above was not carried out: its writer stopped before it had replaced the document";
    private static final String EDITED =
            "the document was changed without an entry: by hand, or by a kill while this file could not be written";

    private AuditRepair() {}

    /**
     * Returns what is to be added.
     *
     * @param tail how the audit file ends
     * @param version of the document as it is now
     * @param now the time of what is added
     */
    static Repair of(AuditFile.Tail tail, String version, Instant now) {
        AuditLine line = line(tail, version, now);
        String lineFeed = tail.ended() ? "" : "\n";
        if (line == null) {
            return new Repair(lineFeed, tail.text());
        }
        String text = line.after(tail.text()).toJson();
        return new Repair(lineFeed + text + "\n", text);
    }

    /**
     * What is to be added.
     *
     * @param text to be added before the next entry, empty where all is well
     * @param last the last line then, without its line feed
     */
    record Repair(String text, String last) {}

    private static @Nullable AuditLine line(AuditFile.Tail tail, String version, Instant now) {
        AuditLine last = tail.last();
        if (last == null || last.document() == null || version.equals(last.document())) {
            return tail.torn() ? line(tail, "abandoned", "store", null, TORN, version, now) : null;
        }
        if (version.equals(last.documentBefore())) {
            return line(tail, "abandoned", "store", last.entry().flag(), ABANDONED, version, now);
        }
        return line(tail, "edit", "file", null, EDITED, version, now);
    }

    private static AuditLine line(
            AuditFile.Tail tail,
            String operation,
            String actor,
            @Nullable String flag,
            String reason,
            String version,
            Instant now) {
        var entry = new AuditEntry(now, actor, operation, flag, reason, null, null, null);
        String before = tail.last() == null ? null : tail.last().document();
        return new AuditLine(entry, before, version, tail.torn(), null);
    }
}
