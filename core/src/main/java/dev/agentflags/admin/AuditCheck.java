package dev.agentflags.admin;

import org.jspecify.annotations.Nullable;

/**
 * What a look at an audit trail came to.
 *
 * @param lines how many lines were looked at and found in order
 * @param linked how many of them are tied to the line before them; those from before there was a chain are not
 * @param problem the first thing that is wrong and where, or null where nothing is
 */
public record AuditCheck(int lines, int linked, @Nullable String problem) {

    /** Whether everything is in order. */
    public boolean isSound() {
        return problem == null;
    }
}
