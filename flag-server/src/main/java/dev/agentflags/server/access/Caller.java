package dev.agentflags.server.access;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as is known. Immutable.
 *
 * @param name the token's name
 * @param tokenId which of the tokens of that name it is; not secret
 * @param rights what it may do
 * @param flags the flags that it may change, {@code *} standing for the switch of all; null for all flags
 */
public record Caller(
        String name,
        String tokenId,
        Set<Right> rights,
        @Nullable Set<String> flags) {

    /** Stands for the switch of all flags. */
    public static final String ALL = "*";

    /** Who calls where nobody needs a token. */
    static final Caller ANYBODY = new Caller("anonymous", "", EnumSet.allOf(Right.class), null);

    public Caller {
        rights = Set.copyOf(rights);
        flags = flags == null ? null : Set.copyOf(flags);
    }

    /** Returns a caller who may do no more than listen, and only if this one may. */
    Caller listening() {
        return new Caller(name, tokenId, may(Right.LISTEN) ? Set.of(Right.LISTEN) : Set.of(), Set.of());
    }

    /** Whether it has a right. */
    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** Whether it may change this flag, or with {@link #ALL} all at once. */
    public boolean mayChange(String key) {
        return flags == null || flags.contains(key);
    }
}
