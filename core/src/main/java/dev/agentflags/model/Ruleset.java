package dev.agentflags.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All flags of one document. Immutable.
 *
 * @param flagSet the document's own name for itself, or null
 * @param revision which store the document comes from and how new it is, or null where the document does not say
 * @param killSwitch the root's switch: while it is engaged, every flag is killed; null where it could not be read, so that
 *     the one before it stays
 * @param flags by key, in the document's order
 */
public record Ruleset(
        @Nullable String flagSet,
        @Nullable Revision revision,
        @Nullable KillSwitch killSwitch,
        Map<String, Definition> flags) {

    public Ruleset {
        flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
    }

    /** Returns a ruleset without flags, for those who must start before they have one. */
    public static Ruleset empty() {
        return new Ruleset(null, null, KillSwitch.RELEASED, Map.of());
    }

    /** Returns the revision's serial, or null where the document has none. */
    public @Nullable Long serial() {
        return revision == null ? null : revision.serial();
    }
}
