package dev.agentflags.remote.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Asks a flag server for something: unless made otherwise, each time on a connection of its own, and never twice, since a change must
 * not be made again because its answer was lost. Safe for use by many threads.
 */
public final class Exchange implements AutoCloseable {

    /** Longer than a server waits for its store. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpOptions options;
    private final OkHttpClient client;

    /**
     * What a server answers.
     *
     * @param etag of the document that it has then, or null
     */
    public record Reply(int status, @Nullable String etag, String body) {}

    /**
     * Makes one, without asking for anything yet.
     *
     * @throws IllegalArgumentException if the certificates cannot be read
     */
    public Exchange(HttpOptions options) {
        this(
                options,
                Clients.of(options)
                        .newBuilder()
                        .retryOnConnectionFailure(false)
                        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                        .readTimeout(TIMEOUT)
                        .callTimeout(TIMEOUT)
                        .build());
    }

    private Exchange(HttpOptions options, OkHttpClient client) {
        this.options = options;
        this.client = client;
    }

    /**
     * Returns one for what may arrive twice, on a connection that is kept.
     *
     * @throws IllegalArgumentException if the certificates cannot be read
     */
    public static Exchange repeatable(HttpOptions options, Duration timeout) {
        return new Exchange(
                options,
                Clients.of(options)
                        .newBuilder()
                        .readTimeout(timeout)
                        .callTimeout(timeout)
                        .build());
    }

    /**
     * Gets what is at the address itself, as it is.
     *
     * @throws IOException if nobody answers, or not to the end
     */
    public Reply document() throws IOException {
        return send(new Request.Builder()
                .url(HttpUrl.get(options.address().document().toString()))
                .get());
    }

    /**
     * Sends a request to something that a flag server has beside its document.
     *
     * @param path begins with a slash; encoded
     * @param json the body, or null where there is none
     * @param ifMatch the ETag that the document must have, {@code *} for any, or null where the server does not want to know
     * @throws IOException if nobody answers, or not to the end
     */
    public Reply send(String method, String path, @Nullable String json, @Nullable String ifMatch) throws IOException {
        RequestBody body = json == null ? null : RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON);
        var request = new Request.Builder()
                .url(HttpUrl.get(options.address().beside(path).toString()))
                .method(method, body);
        return send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    private Reply send(Request.Builder request) throws IOException {
        request.header("User-Agent", "agentflags-java").header("Accept-Encoding", "gzip");
        Token token = options.token();
        if (token != null) {
            request.header("Authorization", token.authorization());
        }
        try (Response response = client.newCall(request.build()).execute()) {
            byte[] body = Body.read(
                    response.body().byteStream(),
                    response.header("Content-Encoding"),
                    response.header("Content-Digest"),
                    Body.MAX_ANSWER);
            return new Reply(response.code(), response.header("ETag"), new String(body, StandardCharsets.UTF_8));
        }
    }

    /** Gives up what is being asked for, and the connections that were kept. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    /** Returns what an exception means, for people. */
    public String describe(IOException e) {
        return options.address() + ": " + Failures.of(e).problem();
    }
}
