package dev.agentflags.server.store;

import dev.agentflags.admin.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a change came to, and who has it.
 *
 * @param outcome whose version is the ETag
 * @param replicated how many replicas of the store have it, or null where nothing was changed or none are waited for
 */
public record Applied(Outcome outcome, @Nullable Long replicated) {}
