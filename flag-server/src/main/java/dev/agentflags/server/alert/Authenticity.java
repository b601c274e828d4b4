package dev.agentflags.server.alert;

import dev.agentflags.server.hmac.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is from whom it says.
 *
 * @param refusal why it is not, for people and without what was sent; or null if it is
 * @param once identifies a request that must not be taken twice; or null where nothing distinguishes a repetition
 */
public record Authenticity(
        @Nullable String refusal, @Nullable String once) {

    /** How far a signed time may be from ours. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Authenticity PROVED = new Authenticity(null, null);
    private static final String BEARER = "bearer ";
    private static final String VERSION = "v1=";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    /**
     * Looks at a request before anything in it is believed.
     *
     * @param header returns a header's value, or null
     * @param body as it was received
     */
    public static Authenticity of(
            Receiver receiver, Secrets secrets, Function<String, @Nullable String> header, byte[] body, Instant now) {
        return switch (receiver.kind()) {
            case ALERTMANAGER -> bearer(receiver, secrets, header);
            case GRAFANA ->
                signature(receiver, header) == null
                        ? bearer(receiver, secrets, header)
                        : signed(receiver, secrets, header, body, now);
            case PAGERDUTY, SIGNED -> signed(receiver, secrets, header, body, now);
        };
    }

    private static Authenticity refused(String why) {
        return new Authenticity(why, null);
    }

    private static Authenticity bearer(Receiver receiver, Secrets secrets, Function<String, @Nullable String> header) {
        String authorization = header.apply("Authorization");
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            boolean either = receiver.kind() == Receiver.Kind.GRAFANA;
            return refused("expected " + (either ? "a signature in " + places(receiver) + ", or " : "")
                    + "a token: Authorization: Bearer …");
        }
        byte[] sent = sha256(utf8(authorization.substring(BEARER.length()).strip()));
        boolean known = false;
        for (String hash : receiver.tokenHashes()) {
            known |= MessageDigest.isEqual(sent, HexFormat.of().parseHex(hash));
        }
        for (String token : secrets.lines()) {
            known |= MessageDigest.isEqual(sent, sha256(utf8(token)));
        }
        return known ? PROVED : refused("the token is unknown");
    }

    private static Authenticity signed(
            Receiver receiver, Secrets secrets, Function<String, @Nullable String> header, byte[] body, Instant now) {
        String timestampHeader = receiver.timestampHeader();
        String timestamp = timestampHeader == null ? null : header.apply(timestampHeader);
        if (timestampHeader != null && !isNow(timestamp, now)) {
            return refused("expected " + timestampHeader + " with the time in seconds, at most " + TOLERANCE.toMinutes()
                    + " minutes from now");
        }
        List<String> signatures = signatures(receiver, signature(receiver, header));
        if (signatures.isEmpty()) {
            return refused("expected a signature in " + places(receiver));
        }
        boolean right = false;
        for (String secret : secrets.lines()) {
            byte[] mac = hmac(secret, timestamp, body);
            for (String signature : signatures) {
                right |= MessageDigest.isEqual(mac, HexFormat.of().parseHex(signature));
            }
        }
        if (!right) {
            return refused("no signature in " + places(receiver) + " is right");
        }
        return timestamp == null
                ? PROVED
                : new Authenticity(null, timestamp + ":" + HexFormat.of().formatHex(sha256(body)));
    }

    private static @Nullable String signature(Receiver receiver, Function<String, @Nullable String> header) {
        for (String name : receiver.signatureHeaders()) {
            String signature = header.apply(name);
            if (signature != null) {
                return signature;
            }
        }
        return null;
    }

    private static String places(Receiver receiver) {
        return String.join(" or ", receiver.signatureHeaders());
    }

    private static boolean isNow(@Nullable String timestamp, Instant now) {
        if (timestamp == null || !SECONDS.matcher(timestamp).matches()) {
            return false;
        }
        try {
            Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
            return away.abs().compareTo(TOLERANCE) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Grafana's is bare; the others name the version of each, and there may be several while secrets are changed. */
    private static List<String> signatures(Receiver receiver, @Nullable String header) {
        boolean bare = receiver.kind() == Receiver.Kind.GRAFANA;
        return header == null
                ? List.of()
                : Pattern.compile(",")
                        .splitAsStream(header)
                        .map(String::strip)
                        .filter(part -> bare || part.startsWith(VERSION))
                        .map(part -> bare ? part : part.substring(VERSION.length()))
                        .filter(part -> HEX.matcher(part).matches())
                        .limit(10)
                        .toList();
    }

    private static byte[] hmac(String secret, @Nullable String timestamp, byte[] body) {
        return timestamp == null
                ? HmacSha256.of(utf8(secret), body)
                : HmacSha256.of(utf8(secret), utf8(timestamp + ":"), body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
