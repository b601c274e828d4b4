package dev.agentflags.server.ofrep;

import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param etag of a bulk evaluation, or null
 * @param json the body; empty for 304 only
 */
public record OfrepAnswer(int status, @Nullable String etag, String json) {}
