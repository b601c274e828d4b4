/**
 * Where documents come from.
 *
 * <p>{@link dev.agentflags.source.FlagSource} is what a file, a server or anything else implements to feed a provider. What
 * becomes of a document is left to {@code dev.agentflags.snapshot}.
 */
@NullMarked
package dev.agentflags.source;

import org.jspecify.annotations.NullMarked;
