package dev.agentflags.remote.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a document is, or the server that has it. Immutable.
 *
 * <p>A URL without a path is a server's, whose document is at {@link #DOCUMENT_PATH}; any other is the document's own.
 */
public final class Address {

    /** Where a flag server has its document. */
    public static final String DOCUMENT_PATH = "/v1/document";

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[(::|(0+:){7})0*1]");

    private final URI document;

    private Address(URI document) {
        this.document = document;
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is not the URL of a document or a server; it is not repeated in the message, because
     *     it may have a password in it
     */
    public static Address of(String url) {
        URI uri = parse(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("url: expected one that begins with https:// or http://, found another");
        }
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw new IllegalArgumentException("url: expected one without a user or a password in it; use a token");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("url: expected one with a host in it, found none");
        }
        String path = uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Address(URI.create(scheme + "://" + uri.getRawAuthority()
                + (path.isEmpty() || path.equals("/") ? DOCUMENT_PATH : path) + query));
    }

    private static URI parse(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "url: expected one such as https://flags.example.com, found something else: " + e.getReason());
        }
    }

    /** Returns the URL of the document. */
    public URI document() {
        return document;
    }

    /** Returns the URL of something that a flag server has beside its document. */
    URI beside(String path) {
        String base = origin() + document.getRawPath();
        String prefix = base.endsWith(DOCUMENT_PATH) ? base.substring(0, base.length() - DOCUMENT_PATH.length()) : base;
        return URI.create((prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + path);
    }

    private String origin() {
        return document.getScheme() + "://" + document.getRawAuthority();
    }

    /**
     * Returns what a server refers to by a link or a redirection (RFC 3986), or null if it is somebody else's, or no URL.
     *
     * @param base what was asked for when it did
     */
    @Nullable
    URI sameOrigin(URI base, String reference) {
        try {
            HttpUrl target = HttpUrl.get(base.toString()).resolve(new URI(reference).toString());
            return target != null && isSameOrigin(target.uri()) ? target.uri() : null;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isSameOrigin(URI target) {
        return target.getHost() != null
                && target.getRawUserInfo() == null
                && document.getScheme().equalsIgnoreCase(target.getScheme())
                && document.getHost().equalsIgnoreCase(target.getHost())
                && port(document) == port(target);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** Whether what is sent there can be read on the way. */
    boolean isReadableOnTheWay() {
        return document.getScheme().equals("http")
                && !LOOPBACK.matcher(document.getHost().toLowerCase(Locale.ROOT))
                        .matches();
    }

    /** Returns the document's URL for people: without its query, which may be a secret. */
    @Override
    public String toString() {
        return origin() + document.getRawPath();
    }
}
