package dev.agentflags.remote.http;

import dev.agentflags.remote.follow.Answer;
import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import dev.agentflags.remote.follow.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A document and its stream behind HTTP. Safe for use by two threads, of which one fetches and one listens. */
public final class HttpOrigin implements Origin {

    private static final Logger LOG = LoggerFactory.getLogger(HttpOrigin.class);

    private static final int MAX_REDIRECTS = 5;
    private static final int BUFFER = 8192;

    /** What a server answers that has no stream there, or nothing to say on it. */
    private static final Set<Integer> NO_STREAM = Set.of(204, 404, 405, 406, 410, 501);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpOptions options;
    private final boolean push;
    private final OkHttpClient documents;
    private final OkHttpClient streams;
    private volatile @Nullable Call fetching;
    private volatile @Nullable Call listening;
    private volatile boolean closed;
    private boolean complained;

    /**
     * Makes one, without asking for anything yet.
     *
     * @param push whether to listen where the server says that it tells of changes
     * @param silence how long a stream may be silent
     * @throws IllegalArgumentException if the certificates cannot be read
     */
    public HttpOrigin(HttpOptions options, boolean push, Duration silence) {
        this.options = options;
        this.push = push;
        this.documents = Clients.of(options);
        this.streams = documents.newBuilder().readTimeout(silence).build();
    }

    @Override
    public Answer fetch(Request request) {
        try {
            return fetch(request, options.address().document(), 0);
        } catch (IOException e) {
            return Failures.of(e);
        } finally {
            fetching = null;
        }
    }

    private Answer fetch(Request request, URI from, int redirects) throws IOException {
        var asked = request(from, request.client()).header("Accept-Encoding", "gzip");
        if (request.etag() != null) {
            asked.header("If-None-Match", request.etag());
        }
        Call call = documents.newCall(asked.build());
        call.timeout().timeout(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
        fetching = call;
        URI next;
        try (Response response = execute(call)) {
            next = redirection(response, from);
            if (next == null || redirects == MAX_REDIRECTS) {
                return answer(response, from);
            }
        }
        return fetch(request, next, redirects + 1);
    }

    private okhttp3.Request.Builder request(URI uri, String client) throws IOException {
        var request = new okhttp3.Request.Builder()
                .url(HttpUrl.get(uri.toString()))
                .header("User-Agent", "agentflags-java")
                .header("Cache-Control", "no-cache")
                .header("Flags-Client", client);
        Token token = options.token();
        return token == null ? request : request.header("Authorization", token.authorization());
    }

    private Response execute(Call call) throws IOException {
        if (closed) {
            call.cancel();
        }
        return call.execute();
    }

    private @Nullable URI redirection(Response response, URI from) {
        String location = response.header("Location");
        return options.followRedirects() && REDIRECTS.contains(response.code()) && location != null
                ? options.address().sameOrigin(from, location)
                : null;
    }

    private Answer answer(Response response, URI from) throws IOException {
        if (response.code() == HttpURLConnection.HTTP_NOT_MODIFIED) {
            return new Answer.NotModified();
        }
        if (response.code() != HttpURLConnection.HTTP_OK) {
            return Failures.of(response);
        }
        byte[] document = Body.read(
                response.body().byteStream(),
                response.header("Content-Encoding"),
                response.header("Content-Digest"),
                Body.MAX_DOCUMENT);
        return new Answer.Document(document, response.header("ETag"), stream(response, from));
    }

    private @Nullable URI stream(Response response, URI from) {
        String link = push ? LinkHeader.stream(response.headers("Link")) : null;
        URI stream = link == null ? null : options.address().sameOrigin(from, link);
        if (link != null && stream == null && !complained) {
            complained = true;
            LOG.warn("{}: its stream of changes is elsewhere, and is not listened to", options.address());
        }
        return stream;
    }

    @Override
    public Failure listen(URI stream, String client, Hearing hearing) {
        try {
            Call call = streams.newCall(request(stream, client)
                    .header("Accept", "text/event-stream")
                    .header("Accept-Encoding", "identity")
                    .build());
            listening = call;
            try (Response response = execute(call)) {
                return listen(response, hearing);
            }
        } catch (IOException e) {
            return Failures.of(e);
        } finally {
            listening = null;
        }
    }

    private static Failure listen(Response response, Hearing hearing) throws IOException {
        if (NO_STREAM.contains(response.code())) {
            return new Failure("HTTP " + response.code(), Kind.UNSUPPORTED);
        }
        if (response.code() != HttpURLConnection.HTTP_OK) {
            return Failures.of(response);
        }
        String type = response.header("Content-Type", "");
        if (type == null || !type.startsWith("text/event-stream")) {
            return new Failure("expected text/event-stream, found something else", Kind.UNSUPPORTED);
        }
        hearing.opened();
        read(response.body().byteStream(), new EventReader(new Notices(hearing)));
        return Failure.passing("the server has ended it");
    }

    private static void read(InputStream events, EventReader reader) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int length = events.read(buffer);
        while (length >= 0) {
            reader.read(buffer, length);
            length = events.read(buffer);
        }
    }

    @Override
    public void hangUp() {
        cancel(listening);
    }

    @Override
    public void close() {
        closed = true;
        cancel(fetching);
        cancel(listening);
        documents.connectionPool().evictAll();
    }

    private static void cancel(@Nullable Call call) {
        if (call != null) {
            call.cancel();
        }
    }
}
