package dev.agentflags.admin;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Null;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of a document: who did what, why, and what was different afterwards. Immutable.
 *
 * @param time when it was done
 * @param actor who did it
 * @param operation {@link Operation#name()}, or what a store itself has to say
 * @param flag the flag's key, or null where all were meant
 * @param reason why
 * @param before the fields that changed, as they were; null where there were none
 * @param after the fields that changed, as they are; null where there are none
 * @param serial the document's serial after the change, or null where it has none
 */
public record AuditEntry(
        Instant time,
        String actor,
        String operation,
        @Nullable String flag,
        String reason,
        @Nullable FlagValue before,
        @Nullable FlagValue after,
        @Nullable Long serial) {

    private static final FlagValue NOTHING = new Null();

    /** Whether the change killed something. */
    public boolean isKill() {
        return operation.equals("kill") || operation.equals("kill-all");
    }

    /** Returns the entry's fields, for a store to write and add to. */
    public Map<String, FlagValue> fields() {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("time", new Text(time.toString()));
        fields.put("actor", new Text(actor));
        fields.put("operation", new Text(operation));
        fields.put("flag", flag == null ? NOTHING : new Text(flag));
        fields.put("reason", new Text(reason));
        fields.put("before", before == null ? NOTHING : before);
        fields.put("after", after == null ? NOTHING : after);
        fields.put("serial", serial == null ? NOTHING : new Whole(serial));
        return fields;
    }

    /** Returns the entry as JSON on one line. */
    public String toJson() {
        return JsonText.write(new Structure(fields()));
    }

    /**
     * Reads an entry.
     *
     * @param json what {@link #toJson()} wrote; fields that an entry does not have are passed over
     * @throws DocumentException if it is not JSON
     * @throws IllegalArgumentException if it is JSON, but not an entry
     */
    public static AuditEntry fromJson(String json) throws DocumentException {
        if (!(JsonText.read(json) instanceof Structure entry)) {
            throw new IllegalArgumentException("expected an object");
        }
        try {
            return new AuditEntry(
                    Instant.parse(text(entry, "time")),
                    text(entry, "actor"),
                    text(entry, "operation"),
                    entry.fields().get("flag") instanceof Text flag ? flag.value() : null,
                    text(entry, "reason"),
                    value(entry, "before"),
                    value(entry, "after"),
                    entry.fields().get("serial") instanceof Whole serial ? serial.value() : null);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("/time: expected a time", e);
        }
    }

    private static String text(Structure entry, String field) {
        if (entry.fields().get(field) instanceof Text text) {
            return text.value();
        }
        throw new IllegalArgumentException("/" + field + ": expected a string");
    }

    private static @Nullable FlagValue value(Structure entry, String field) {
        FlagValue value = entry.fields().get(field);
        return value instanceof Null ? null : value;
    }
}
