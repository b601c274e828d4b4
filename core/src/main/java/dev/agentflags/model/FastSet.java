package dev.agentflags.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Immutable copies of sets of any size. */
final class FastSet {

    private static final int SMALL = 16;

    private FastSet() {}

    /**
     * Copies a set.
     *
     * <p>{@code Set.copyOf} alone would not do: it probes its table linearly, which takes minutes for a million short names, whose
     * hashes lie close together.
     */
    static <T> Set<T> copyOf(Set<T> values) {
        return values.size() <= SMALL ? Set.copyOf(values) : Collections.unmodifiableSet(new HashSet<>(values));
    }
}
