package dev.agentflags.file;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ties each line of an audit trail to the one before it, so that none can be edited, removed or moved without a trace. Lines from
 * before there was a chain have no link; from the first that has one, all must. What is cut off at the end leaves no trace here.
 */
public final class AuditChain {

    /** The field of a line that has the link to the one before it. */
    public static final String LINK = "previous";

    private AuditChain() {}

    /**
     * Returns what the next line says of a line: the SHA-256 of its bytes.
     *
     * @param line without its line feed; empty for the line before the first
     */
    public static String link(String line) {
        return Contents.sha256(line.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Compares each line with the one after it.
     *
     * @param lines oldest first; blank ones are passed over
     */
    public static AuditCheck check(List<String> lines) {
        String before = "";
        int count = 0;
        int linked = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            String link = linkIn(line);
            if (link == null && linked > 0 && isEntry(line)) {
                return new AuditCheck(count, linked, "line %d is not tied to the line before it".formatted(i + 1));
            }
            if (link != null && !link.equals(link(before))) {
                return new AuditCheck(
                        count,
                        linked,
                        "line %d does not follow the line before it%s: one of the two was edited, or lines were removed, added or moved here"
                                .formatted(i + 1, before.isEmpty() ? ", for there is none" : ""));
            }
            count++;
            linked += link == null ? 0 : 1;
            before = line;
        }
        return new AuditCheck(count, linked, null);
    }

    private static boolean isEntry(String line) {
        try {
            AuditLine.fromJson(line);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // cut short by the death of its writer
        }
    }

    private static @Nullable String linkIn(String line) {
        try {
            Map<String, FlagValue> fields =
                    JsonText.read(line) instanceof Structure structure ? structure.fields() : Map.of();
            return fields.get(LINK) instanceof Text text ? text.value() : null;
        } catch (DocumentException e) {
            return null;
        }
    }
}
