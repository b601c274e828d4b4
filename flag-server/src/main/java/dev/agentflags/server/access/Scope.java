package dev.agentflags.server.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a token is for. To kill is easy and to revive is rare, so the rights do not simply grow. */
public enum Scope {
    /** For agents: they must not be able to revive themselves. */
    READ(EnumSet.of(Right.READ)),
    /** For people on call, and for whatever watches agents. */
    KILL(EnumSet.of(Right.READ, Right.KILL)),
    /** For those who release. */
    OPERATE(EnumSet.of(Right.READ, Right.KILL, Right.OPERATE, Right.AUDIT)),
    /** For those who end an incident. */
    REVIVE(EnumSet.of(Right.READ, Right.KILL, Right.REVIVE, Right.AUDIT)),
    /** For those who look at what others did. */
    AUDIT(EnumSet.of(Right.AUDIT));

    private final Set<Right> rights;

    Scope(EnumSet<Right> rights) {
        this.rights = Set.copyOf(rights);
    }

    /** Returns what it gives a right to. */
    public Set<Right> rights() {
        return rights;
    }

    /** Returns the scope of a name, or null if there is none. */
    public static @Nullable Scope named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns all names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Scope::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
