/**
 * The JSON document: read into a {@link dev.agentflags.model.Ruleset}, and changed without disturbing the rest of it.
 *
 * <p>{@link dev.agentflags.document.DocumentReader} reads, and names every problem by its place;
 * {@link dev.agentflags.document.DocumentEditor} changes. Only this package knows Jackson; what a ruleset means is left to
 * {@code dev.agentflags.evaluation}.
 */
@NullMarked
package dev.agentflags.document;

import org.jspecify.annotations.NullMarked;
