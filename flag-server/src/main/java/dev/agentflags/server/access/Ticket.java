package dev.agentflags.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What opens a stream where no token can be sent, as browsers cannot: {@code <token id>.<expiry, in seconds>.<proof>}. Every server that
 * has the token can make one and tell whether one is good, and none has to remember it. Immutable.
 */
final class Ticket {

    /** From the answer that has it to the opening of a stream; servers whose clocks differ a little take each other's. */
    static final Duration LIFE = Duration.ofSeconds(60);

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8,64})\\.([0-9]{1,12})\\.[A-Za-z0-9_-]{43}");
    private static final String PURPOSE = "agentflags: to open a stream of events";

    private final String tokenId;
    private final long expires;
    private final String text;

    private Ticket(String tokenId, long expires, String text) {
        this.tokenId = tokenId;
        this.expires = expires;
        this.text = text;
    }

    /** Makes one of a token. */
    static String make(Token token, Instant now) {
        return text(token, now.plus(LIFE).getEpochSecond());
    }

    private static String text(Token token, long expires) {
        String id = token.id();
        byte[] proof = token.prove(String.join("\n", PURPOSE, id, Long.toString(expires)));
        return id + "." + expires + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
    }

    /** Returns what somebody has sent, or null if it cannot be a ticket. */
    static @Nullable Ticket read(String sent) {
        Matcher matcher = FORM.matcher(sent);
        return matcher.matches() ? new Ticket(matcher.group(1), Long.parseLong(matcher.group(2)), sent) : null;
    }

    /** Returns which token it says that it is of. */
    String tokenId() {
        return tokenId;
    }

    /** Whether it is of a token. Takes as long for one that is nearly right as for any other. */
    boolean isOf(Token token) {
        byte[] expected = text(token, expires).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it may be used now. One that ends too late was made by who has the token, and by no server. */
    boolean isValid(Instant now) {
        long left = expires - now.getEpochSecond();
        return left > 0 && left <= 2 * LIFE.toSeconds();
    }

    /** Without the proof. */
    @Override
    public String toString() {
        return "Ticket[of " + tokenId + "]";
    }
}
