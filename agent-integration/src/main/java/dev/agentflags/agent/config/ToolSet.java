package dev.agentflags.agent.config;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A few names, in the order in which they were given. Immutable.
 *
 * <p>Configurations are copied several times a turn and have a handful of tools: an array is copied and searched faster
 * than a hash table, and one that cannot change is not copied at all.
 */
final class ToolSet extends AbstractSet<String> {

    private final List<String> names;

    private ToolSet(List<String> names) {
        this.names = names;
    }

    static ToolSet of(Collection<String> names) {
        return names instanceof ToolSet set ? set : new ToolSet(List.copyOf(new LinkedHashSet<>(names)));
    }

    ToolSet with(String name) {
        if (names.contains(name)) {
            return this;
        }
        String[] more = Arrays.copyOf(names.toArray(new String[0]), names.size() + 1);
        more[names.size()] = name;
        return new ToolSet(List.of(more));
    }

    ToolSet without(String name) {
        return names.contains(name)
                ? new ToolSet(
                        names.stream().filter(other -> !other.equals(name)).toList())
                : this;
    }

    @Override
    public boolean contains(Object name) {
        return name != null && names.contains(name);
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    @Override
    public int size() {
        return names.size();
    }
}
