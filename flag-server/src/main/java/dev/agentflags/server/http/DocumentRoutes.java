package dev.agentflags.server.http;

import dev.agentflags.server.access.Right;
import dev.agentflags.server.state.Published;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The document itself. Only for the event loop. */
public final class DocumentRoutes implements Routes {

    /** Relative to the document, so that it is right behind a proxy that has this server below a prefix. */
    private static final String MONITOR = "<.." + StreamRoutes.PATH + ">; rel=\"monitor\"; type=\"text/event-stream\"";

    private final Supplier<Published> current;
    private final Fleet fleet;
    private @Nullable Ready ready;

    /** A document as buffers, which are shared by all answers. */
    private record Ready(Published published, Buffer plain, Buffer gzip) {}

    /**
     * Makes the routes.
     *
     * @param current what is served
     */
    public DocumentRoutes(Supplier<Published> current, Fleet fleet) {
        this.current = current;
        this.fleet = fleet;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.show("/v1/document", Right.READ, this::document));
    }

    private void document(Call call) {
        Ready document = ready();
        Published published = document.published();
        HttpServerResponse response = call.response()
                .putHeader(HttpHeaders.ETAG, published.etag())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.VARY, "Accept-Encoding")
                .putHeader("Link", MONITOR);
        fleet.fetched(call, published.serial());
        if (isKnown(call.header(HttpHeaders.IF_NONE_MATCH), published.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        boolean gzip = takesGzip(call.header(HttpHeaders.ACCEPT_ENCODING));
        Published.Body body = gzip ? published.gzip() : published.plain();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader("Content-Digest", body.digest())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.bytes().length));
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (call.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(gzip ? document.gzip() : document.plain());
        }
    }

    private Ready ready() {
        Published published = current.get();
        Ready last = ready;
        if (last == null || last.published() != published) {
            last = new Ready(
                    published,
                    Buffer.buffer(published.plain().bytes()),
                    Buffer.buffer(published.gzip().bytes()));
            ready = last;
        }
        return last;
    }

    private static boolean isKnown(@Nullable String ifNoneMatch, String etag) {
        Set<String> known = ifNoneMatch == null ? Set.of() : Etags.of(ifNoneMatch);
        return known.contains(etag) || known.contains(Etags.ANY);
    }

    /** Whether {@code gzip}, or anything, is among what is accepted, and not at the price of zero. */
    static boolean takesGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean any = false;
        for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.strip().split(";", -1);
            String name = parts[0].strip();
            boolean taken = Arrays.stream(parts).skip(1).map(String::strip).noneMatch(DocumentRoutes::isZero);
            if (name.equals("gzip") || name.equals("x-gzip")) {
                return taken;
            }
            any |= name.equals("*") && taken;
        }
        return any;
    }

    private static boolean isZero(String parameter) {
        return parameter.matches("q\\s*=\\s*0(\\.0*)?");
    }
}
