package dev.agentflags.model;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set that is made once and asked at every evaluation: one table with the elements themselves, at most half full. Immutable.
 *
 * <p>{@code Set.copyOf} would not do: it takes minutes for a million short names, whose hashes lie close together, since it looks for
 * the next free place without scattering them first. {@code HashSet} has an object for each element, to be fetched at each question.
 */
final class FastSet<T> extends AbstractSet<T> {

    /** Further than this from their place lie only elements whose hashes were made to be the same. */
    private static final int FARTHEST = 64;

    /** The golden ratio's share of 2<sup>32</sup>, which scatters what lies close together (Knuth, vol. 3, 6.4). */
    private static final int SCATTER = 0x9E3779B9;

    private final @Nullable Object[] table;
    private final int size;

    private FastSet(@Nullable Object[] table, int size) {
        this.table = table;
        this.size = size;
    }

    /** Copies a set of any size; whatever the hashes of its elements, the copy is fast. */
    static <T> Set<T> copyOf(Set<T> values) {
        if (values instanceof FastSet) {
            return values;
        }
        @Nullable Object[] table = new Object[tableSize(values.size())];
        for (T value : values) {
            if (!put(table, Objects.requireNonNull(value))) {
                return Collections.unmodifiableSet(new HashSet<>(values));
            }
        }
        return new FastSet<>(table, values.size());
    }

    /** Returns a power of two, at least twice as many as there are elements. */
    private static int tableSize(int elements) {
        return Integer.highestOneBit(Math.max(1, elements)) << 2;
    }

    /** Returns false where it would lie too far from its place. */
    private static boolean put(@Nullable Object[] table, Object value) {
        int place = place(value, table.length);
        for (int distance = 0; distance < FARTHEST; distance++) {
            int at = (place + distance) & (table.length - 1);
            if (table[at] == null) {
                table[at] = value;
                return true;
            }
        }
        return false;
    }

    private static int place(Object value, int length) {
        int hash = value.hashCode() * SCATTER;
        return (hash ^ (hash >>> 16)) & (length - 1);
    }

    @Override
    public boolean contains(@Nullable Object value) {
        if (value == null) {
            return false;
        }
        int at = place(value, table.length);
        for (Object found = table[at]; found != null; found = table[at]) {
            if (found.equals(value)) {
                return true;
            }
            at = (at + 1) & (table.length - 1);
        }
        return false;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    @SuppressWarnings("unchecked") // only what was in a set of T is in the table
    public Iterator<T> iterator() {
        return (Iterator<T>) Arrays.stream(table).filter(Objects::nonNull).iterator();
    }
}
