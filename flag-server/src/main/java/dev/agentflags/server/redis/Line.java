package dev.agentflags.server.redis;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.document.JsonText;
import dev.agentflags.file.AuditChain;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.util.Map;

/**
 * One line of the audit trail, tied to the line before it as those of a file are. Immutable.
 *
 * @param text of the line, JSON
 * @param tail the link that the trail must end with for this line to be the next one; empty where it has no line yet
 * @param link the trail ends with when this line is added
 */
record Line(String text, String tail, String link) {

    /** Returns the next line of a trail, about something that changed nothing. */
    static Line of(AuditEntry entry, String tail) {
        return tied(entry.fields(), tail);
    }

    /**
     * Returns the next line of a trail.
     *
     * @param before the version of the document that was changed; empty where there was none
     * @param after the version that it has now
     */
    static Line of(AuditEntry entry, String before, String after, String tail) {
        Map<String, FlagValue> fields = entry.fields();
        fields.put("document_before", new Text(before));
        fields.put("document", new Text(after));
        return tied(fields, tail);
    }

    private static Line tied(Map<String, FlagValue> fields, String tail) {
        fields.put(AuditChain.LINK, new Text(tail.isEmpty() ? AuditChain.link("") : tail));
        String text = JsonText.write(new Structure(fields));
        return new Line(text, tail, AuditChain.link(text));
    }
}
