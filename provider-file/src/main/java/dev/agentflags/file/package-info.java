/**
 * Flags from a file, and changes of that file.
 *
 * <p>{@link dev.agentflags.file.FileFlags} is the way in. A provider stands on {@code FileSource}, which follows the file by way of
 * {@code Watch} and {@code Links}; administration stands on {@link dev.agentflags.file.FileStore}, which locks, rewrites, and keeps
 * the audit trail. What a document means is left to {@code dev.agentflags.document}.
 */
@NullMarked
package dev.agentflags.file;

import org.jspecify.annotations.NullMarked;
