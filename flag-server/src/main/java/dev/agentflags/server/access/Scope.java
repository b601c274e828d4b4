package dev.agentflags.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a token is for. To kill is easy and to revive is rare, so the rights do not simply grow. */
public enum Scope {
    /** For agents: they must not be able to revive themselves. */
    READ,
    /** For people on call, and for whatever watches agents. */
    KILL,
    /** For those who release. */
    OPERATE,
    /** For those who end an incident. */
    REVIVE,
    /** For those who look at what others did. */
    AUDIT;

    /** Returns what it gives a right to. */
    public Set<Right> rights() {
        return switch (this) {
            case READ -> Set.of(Right.LISTEN, Right.READ);
            case KILL -> Set.of(Right.LISTEN, Right.READ, Right.KILL);
            case OPERATE -> Set.of(Right.LISTEN, Right.READ, Right.KILL, Right.OPERATE, Right.AUDIT);
            case REVIVE -> Set.of(Right.LISTEN, Right.READ, Right.KILL, Right.REVIVE, Right.AUDIT);
            case AUDIT -> Set.of(Right.AUDIT);
        };
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
