package dev.agentflags.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store's identity and its version of the document.
 *
 * @param lineage names the store, or null; serials of different lineages say nothing about each other
 * @param serial rises by one with each change that the store makes; 0 or more
 */
public record Revision(@Nullable String lineage, long serial) {

    /** Whether this revision is an earlier one of the same store. */
    public boolean isOlderThan(Revision other) {
        return Objects.equals(lineage, other.lineage) && serial < other.serial;
    }
}
