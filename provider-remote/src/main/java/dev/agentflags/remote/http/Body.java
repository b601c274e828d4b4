package dev.agentflags.remote.http;

import dev.agentflags.remote.follow.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer, decompressed, up to a limit, and as the server says that it has sent it. */
final class Body {

    /** As large as a document may be. */
    static final int MAX_DOCUMENT = 8 * 1024 * 1024;

    /** As large as any other answer may be, such as an audit trail. */
    static final int MAX_ANSWER = 128 * 1024 * 1024;

    private static final Pattern DIGEST = Pattern.compile("(?:^|,)\\s*sha-256\\s*=\\s*:([A-Za-z0-9+/=]*):");
    private static final int BUFFER = 8192;

    private Body() {}

    /**
     * Reads a body to its end.
     *
     * @param encoding the header {@code Content-Encoding}, or null
     * @param digest the header {@code Content-Digest}, or null
     * @param limit in bytes
     * @throws IOException if it is too large, not complete, or not what the digest is of
     */
    static byte[] read(InputStream sent, @Nullable String encoding, @Nullable String digest, int limit)
            throws IOException {
        var counted = new DigestInputStream(sent, Sha256.digest());
        byte[] body = decoded(counted, encoding).readNBytes(limit + 1);
        if (body.length > limit) {
            throw new IOException("the answer is larger than " + limit + " bytes");
        }
        drain(counted);
        verify(digest, counted.getMessageDigest().digest(), body);
        return body;
    }

    private static InputStream decoded(InputStream sent, @Nullable String encoding) throws IOException {
        String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "identity", "" -> sent;
            case "gzip", "x-gzip" -> new GZIPInputStream(sent, BUFFER);
            default -> throw new IOException("Content-Encoding: expected gzip or none, found another");
        };
    }

    /** To the end, so that a body that is cut short is noticed and the connection can be used again. */
    private static void drain(InputStream rest) throws IOException {
        if (rest.read() >= 0) {
            throw new IOException("there is more after the end of the answer");
        }
    }

    /** A proxy that compresses what it passes on leaves the digest of what it was given, so either will do. */
    private static void verify(@Nullable String digest, byte[] sent, byte[] body) throws IOException {
        Matcher matcher = DIGEST.matcher(digest == null ? "" : digest);
        if (matcher.find()) {
            byte[] expected = base64(matcher.group(1));
            if (!MessageDigest.isEqual(expected, sent)
                    && !MessageDigest.isEqual(expected, Sha256.digest().digest(body))) {
                throw new IOException("the answer is not what its Content-Digest says");
            }
        }
    }

    private static byte[] base64(String text) throws IOException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("the Content-Digest is not one", e);
        }
    }
}
