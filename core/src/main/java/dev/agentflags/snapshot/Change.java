package dev.agentflags.snapshot;

import dev.agentflags.document.Problem;
import dev.agentflags.model.Ruleset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a document that was accepted has changed.
 *
 * @param before what was in force, or null if nothing was
 * @param after what is in force now
 * @param problems of the document: flags that keep their last valid definition, and warnings
 */
public record Change(@Nullable Snapshot before, Snapshot after, List<Problem> problems) {

    public Change {
        problems = List.copyOf(problems);
    }

    /**
     * Returns the keys of the flags that were added, removed or changed, sorted; all of them where the root's switch moved. Compares
     * all flags, so what is in force should be let in force first.
     */
    public Set<String> keys() {
        Ruleset old = before == null ? Ruleset.empty() : before.ruleset();
        Ruleset now = after.ruleset();
        Set<String> keys = new TreeSet<>(old.flags().keySet());
        keys.addAll(now.flags().keySet());
        if ((before != null && before.isKilled()) == after.isKilled()) {
            keys.removeIf(
                    key -> Objects.equals(old.flags().get(key), now.flags().get(key)));
        }
        return keys;
    }
}
