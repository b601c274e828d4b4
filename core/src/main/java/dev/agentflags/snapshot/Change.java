package dev.agentflags.snapshot;

import dev.agentflags.document.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a document that was accepted has changed.
 *
 * @param before what was in force, or null if nothing was
 * @param after what is in force now
 * @param keys of the flags that were added, removed or changed; sorted
 * @param problems of the document: flags that keep their last valid definition, and warnings
 */
public record Change(@Nullable Snapshot before, Snapshot after, Set<String> keys, List<Problem> problems) {}
