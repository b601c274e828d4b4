/**
 * HTTP, as far as providers and administration need it: one URL that is asked for a document, the stream of events that it names,
 * and the requests of the administration. The only package that sees OkHttp.
 *
 * <p>Start reading at {@link dev.agentflags.remote.http.HttpOrigin}; {@link dev.agentflags.remote.http.HttpOptions} is what it is
 * made from. When to ask is left to {@code dev.agentflags.remote.follow}.
 */
@NullMarked
package dev.agentflags.remote.http;

import org.jspecify.annotations.NullMarked;
