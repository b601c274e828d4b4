package dev.agentflags.server.guard;

import dev.agentflags.model.Flag;
import dev.agentflags.model.Ruleset;
import dev.agentflags.server.state.Published;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where a guard would, in a server whose store has no place for what a guard knows, and warns of each flag that counts on
 * one. Safe for use by many threads.
 */
public final class Unguarded {

    private static final Logger LOG = LoggerFactory.getLogger(Unguarded.class);

    private final String store;
    private Set<String> warned = Set.of();

    /**
     * Makes one that has warned of nothing.
     *
     * @param store what the store is called in messages
     */
    public Unguarded(String store) {
        this.store = store;
    }

    /** Another document is served. */
    public void tell(Published published) {
        String warning = warning(published.snapshot().ruleset());
        if (warning != null) {
            LOG.warn(warning);
        }
    }

    /** Returns what is to be said, or null where that was said before, or there is nothing to say. */
    synchronized @Nullable String warning(Ruleset ruleset) {
        Set<String> guarded = ruleset.flags().values().stream()
                .filter(definition -> definition instanceof Flag flag && flag.guard() != null)
                .map(definition -> definition.key())
                .collect(Collectors.toCollection(TreeSet::new));
        boolean isNew = !warned.containsAll(guarded);
        warned = guarded;
        return isNew
                ? "%s: nobody guards %s: a server guards flags in a file only; no rollout there stops, or goes on, by itself"
                        .formatted(store, guarded)
                : null;
    }
}
