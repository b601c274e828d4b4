package dev.agentflags.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns away what no honest client sends, before anybody asks for its token. Immutable. */
public final class Entrance {

    private static final String OFREP = "/ofrep/";

    private final Set<String> hosts;
    private final Set<String> origins;

    /**
     * Makes an entrance.
     *
     * @param hosts the names that this server goes by, in lower case, without a port; empty where any will do
     */
    public Entrance(Set<String> hosts) {
        this(hosts, Set.of());
    }

    /**
     * Makes an entrance.
     *
     * @param hosts the names that this server goes by, in lower case, without a port; empty where any will do
     * @param origins the other sites whose pages may evaluate flags, such as {@code https://app.example.com}
     */
    public Entrance(Set<String> hosts, Set<String> origins) {
        this.hosts = Set.copyOf(hosts);
        this.origins = Set.copyOf(origins);
    }

    /** Returns the origin of another site's page that may ask this, or null where it is none. */
    @Nullable
    String guest(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String path = request.path();
        return origin != null && path != null && path.startsWith(OFREP) && origins.contains(origin) ? origin : null;
    }

    /** Returns what is wrong with a request, or null. */
    @Nullable
    Problem check(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.TRACE) || request.method().equals(HttpMethod.CONNECT)) {
            return Problem.of(405, "this method is not for this server");
        }
        HostAndPort host = request.authority();
        if (host == null || request.headers().getAll(HttpHeaders.HOST).size() != 1) {
            return Problem.of(400, "expected one Host");
        }
        if (request.headers()
                .contains(HttpHeaders.TRANSFER_ENCODING)) { // where a request ends must not be a matter of opinion
            return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                    ? Problem.of(400, "expected Content-Length and no Transfer-Encoding, found both")
                    : Problem.of(411, "expected Content-Length and no Transfer-Encoding");
        }
        if (!hosts.isEmpty() && !hosts.contains(name(host.host()))) {
            return Problem.of(421, "this server does not go by this Host; if it should, allow it with --allowed-host");
        }
        if (guest(request) == null && isForeign(request, host)) {
            return Problem.of(403, "requests of other sites' pages are refused");
        }
        return request.uri().startsWith("/") && isSound(request.path())
                ? null
                : Problem.of(400, "expected a path without tricks");
    }

    private static String name(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT);
    }

    /** Browsers say where a request comes from; nobody else needs to. */
    private static boolean isForeign(HttpServerRequest request, HostAndPort host) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !isOf(origin, request.scheme(), host);
    }

    private static boolean isOf(String origin, @Nullable String scheme, HostAndPort host) {
        try {
            URI uri = URI.create(origin);
            return uri.getHost() != null
                    && name(uri.getHost()).equals(name(host.host()))
                    && port(uri.getPort(), uri.getScheme()) == port(host.port(), scheme);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(int port, @Nullable String scheme) {
        int usual = "https".equals(scheme) ? 443 : 80;
        return port > 0 ? port : usual;
    }

    /** Whether a path has neither steps up, nor characters that it cannot need, however they are written. */
    static boolean isSound(@Nullable String path) {
        String decoded = path == null || !path.startsWith("/") ? null : decoded(path);
        return decoded != null
                && decoded.chars().noneMatch(c -> c < ' ' || c == 0x7F || c == '\\')
                && Arrays.stream(decoded.split("/", -1)).noneMatch(step -> step.equals(".") || step.equals(".."));
    }

    /** Returns null where it cannot be decoded, or is written so that somebody else might decode it otherwise. */
    private static @Nullable String decoded(String path) {
        var bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
            int value = high * 16 + low;
            if (high < 0 || low < 0 || value == '/') {
                return null;
            }
            bytes.write(value);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
