/**
 * Flags behind HTTP: a source that polls them or is told of changes, and administration through a flag server.
 *
 * <p>Start reading at {@code RemoteFlags}. What a document means is left to the core.
 */
@NullMarked
package dev.agentflags.remote;

import org.jspecify.annotations.NullMarked;
