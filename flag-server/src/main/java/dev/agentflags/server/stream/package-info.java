/**
 * Telling providers that there is something to fetch, as server-sent events.
 *
 * <p>{@link dev.agentflags.server.stream.Subscribers} belongs to the event loop. Who reads too slowly is cut off, never waited for.
 */
@NullMarked
package dev.agentflags.server.stream;

import org.jspecify.annotations.NullMarked;
