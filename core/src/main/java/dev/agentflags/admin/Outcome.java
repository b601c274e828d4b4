package dev.agentflags.admin;

import org.jspecify.annotations.Nullable;

/**
 * What an operation that was done came to.
 *
 * @param changed false where everything already was as it should be
 * @param serial the document's serial now, or null where it has none
 * @param version the document's version now
 * @param summary what was done, for people
 */
public record Outcome(boolean changed, @Nullable Long serial, String version, String summary) {}
