/**
 * Who may do what.
 *
 * <p>{@link dev.agentflags.server.access.Gate} makes of a request's token a {@link dev.agentflags.server.access.Caller}, whose
 * {@link dev.agentflags.server.access.Right}s its token's {@link dev.agentflags.server.access.Scope}s give.
 * {@link dev.agentflags.server.access.TokenFile} keeps tokens, of which it knows only hashes. A {@code Ticket} stands for a token where a
 * browser opens a stream.
 */
@NullMarked
package dev.agentflags.server.access;

import org.jspecify.annotations.NullMarked;
