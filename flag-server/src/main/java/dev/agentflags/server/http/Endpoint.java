package dev.agentflags.server.http;

import dev.agentflags.server.access.Right;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked of the server. Immutable.
 *
 * @param methods how it is asked
 * @param path with {@code :key} where a flag's key stands
 * @param right what the caller must have, or null where nobody needs a token
 * @param handler answers, at once or later; may throw a {@link Problem}
 */
public record Endpoint(
        List<HttpMethod> methods, String path, @Nullable Right right, Consumer<Call> handler) {

    public Endpoint {
        methods = List.copyOf(methods);
    }

    /** Returns one that shows something; also answers where only the head of that is asked for. */
    public static Endpoint show(String path, @Nullable Right right, Consumer<Call> handler) {
        return new Endpoint(List.of(HttpMethod.GET, HttpMethod.HEAD), path, right, handler);
    }

    /** Returns one that is asked in one way. */
    public static Endpoint of(HttpMethod method, String path, @Nullable Right right, Consumer<Call> handler) {
        return new Endpoint(List.of(method), path, right, handler);
    }
}
