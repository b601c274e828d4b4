/**
 * The document that is served.
 *
 * <p>{@link dev.agentflags.server.state.Publisher} takes documents from whoever has read or written one, refuses those that must not
 * be served, and replaces one immutable {@link dev.agentflags.server.state.Published} by the next. Nothing here waits for anything.
 */
@NullMarked
package dev.agentflags.server.state;

import org.jspecify.annotations.NullMarked;
