package dev.agentflags.server.http;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.server.access.Caller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request that was let in, and the answer to it.
 *
 * @param context what Vert.x knows of it
 * @param caller who has sent it
 * @param refusals is told why a change is refused to the caller, for the audit trail
 */
public record Call(RoutingContext context, Caller caller, Consumer<String> refusals) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /** Says that a change is refused to the caller, and why, for the audit trail. */
    void refused(String why) {
        refusals.accept(why);
    }

    /** Returns the request. */
    public HttpServerRequest request() {
        return context.request();
    }

    /** Returns the response. */
    public HttpServerResponse response() {
        return context.response();
    }

    /** Returns a header of the request, or null. */
    public @Nullable String header(CharSequence name) {
        return request().getHeader(name);
    }

    /**
     * Returns the key in the path.
     *
     * @throws Problem if it cannot be one
     */
    public String key() {
        String key = Objects.requireNonNull(context.pathParam("key"), "a route with a key");
        if (!KEY.matcher(key).matches()) {
            throw Problem.of(400, "expected a key of " + KEY.pattern() + " in the path, found something else");
        }
        return key;
    }

    /** Returns the key in the path, or {@code *} where all flags are meant. */
    public String keyOrAll() {
        return Caller.ALL.equals(context.pathParam("key")) ? Caller.ALL : key();
    }

    /**
     * Reads the body, which must be one JSON object.
     *
     * @param limit in bytes; a longer one is refused before it is read
     * @return fails with a {@link Problem}
     */
    public Future<Structure> json(long limit) {
        requireJson();
        requireLength(limit);
        if ("100-continue".equalsIgnoreCase(header(HttpHeaders.EXPECT))) {
            response().writeContinue();
        }
        return request().body().map(Call::parse);
    }

    private void requireJson() {
        if (header(HttpHeaders.CONTENT_ENCODING) != null) {
            throw Problem.of(415, "expected a body that is not compressed");
        }
        String type = header(HttpHeaders.CONTENT_TYPE);
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json")) {
            throw Problem.of(415, "expected Content-Type: application/json");
        }
    }

    /** Vert.x has seen to it that there are not two lengths, and that a length is a number. */
    private void requireLength(long limit) {
        String length = header(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            throw Problem.of(411, "expected a body, and its Content-Length");
        }
        if (Long.parseLong(length) > limit) {
            throw Problem.of(413, "expected a body of at most %,d bytes".formatted(limit));
        }
    }

    private static Structure parse(Buffer body) {
        try {
            // bytes that are not UTF-8 become signs of their own, which no key, and no structure of JSON, has
            if (JsonText.read(body.toString(StandardCharsets.UTF_8)) instanceof Structure object) {
                return object;
            }
        } catch (DocumentException e) {
            throw Problem.of(400, "expected a JSON object: " + e.getMessage());
        }
        throw Problem.of(400, "expected a JSON object, found something else");
    }

    /** Answers with JSON that no cache keeps. */
    public void answer(JsonObject json) {
        answer(json.encode());
    }

    /** Answers with JSON that no cache keeps. */
    public void answer(String json) {
        answer("application/json", json);
    }

    /** Answers with a text that no cache keeps. */
    void answer(String type, String text) {
        Buffer body = Buffer.buffer(text);
        response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (request().method().equals(HttpMethod.HEAD)) {
            response().end();
        } else {
            response().end(body);
        }
    }

    /**
     * Answers when something has come to an end: with what it came to, or why it failed.
     *
     * @param future completed on whatever thread
     */
    public <T> void answerWith(Future<T> future, Consumer<T> answer) {
        future.onComplete(result -> {
            if (response().ended() || response().closed()) {
                return;
            }
            try {
                if (result.failed()) {
                    context.fail(result.cause());
                } else {
                    answer.accept(result.result());
                }
            } catch (Problem e) {
                context.fail(e);
            }
        });
    }
}
