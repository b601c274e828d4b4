package dev.agentflags.server.http;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request's address has behind its question mark. Nothing of it is decoded: nothing that is looked for needs that, and where
 * decoding fails the message repeats the text, which may be a secret.
 */
final class Query {

    private Query() {}

    /** Returns a parameter as it was sent, or null. */
    static @Nullable String parameter(HttpServerRequest request, String name) {
        String query = request.query();
        if (query != null) {
            for (String part : query.split("&", -1)) {
                if (part.startsWith(name + "=")) {
                    return part.substring(name.length() + 1);
                }
            }
        }
        return null;
    }
}
