package dev.agentflags.server.access;

import dev.agentflags.server.hmac.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token: not the token itself, only its hash. Immutable.
 *
 * @param id finds it; not secret
 * @param name who it was made for, and what the audit trail calls its holder
 * @param sha256 the hash of the token, in hexadecimal
 * @param scopes what it is for
 * @param flags the flags that it may change, {@code *} standing for the switch of all; null for all flags
 * @param created when it was made
 * @param expires when it ends, or null where it does not
 */
public record Token(
        String id,
        String name,
        String sha256,
        Set<Scope> scopes,
        @Nullable Set<String> flags,
        Instant created,
        @Nullable Instant expires) {

    private static final String PREFIX = "af_";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;

    public Token {
        scopes = Set.copyOf(scopes);
        flags = flags == null ? null : Set.copyOf(flags);
    }

    /**
     * A token that was just made, which nobody can ever make out again.
     *
     * @param secret what its holder sends
     * @param token what is kept of it
     */
    public record Made(String secret, Token token) {

        @Override
        public String toString() {
            return "Made[" + token + "]";
        }
    }

    /** Makes a token of 256 random bits. */
    public static Made make(
            String name,
            Set<Scope> scopes,
            @Nullable Set<String> flags,
            Instant created,
            @Nullable Instant expires,
            SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String hexId = HexFormat.of().formatHex(id);
        String text =
                PREFIX + hexId + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new Made(text, new Token(hexId, name, hash(text), scopes, flags, created, expires));
    }

    /** Returns the id in what somebody has sent, or null if that is no token. */
    static @Nullable String idOf(String sent) {
        int end = sent.indexOf('_', PREFIX.length());
        return sent.startsWith(PREFIX) && end > 0 ? sent.substring(PREFIX.length(), end) : null;
    }

    private static String hash(String sent) {
        return HexFormat.of().formatHex(digest(sent));
    }

    private static byte[] digest(String sent) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(sent.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Whether this is what its holder has. Takes as long for one that is nearly right as for any other. */
    boolean matches(String sent) {
        return MessageDigest.isEqual(digest(sent), HexFormat.of().parseHex(sha256));
    }

    /** Returns what nobody can make of this text who does not know the token, or its hash. */
    byte[] prove(String text) {
        return HmacSha256.of(HexFormat.of().parseHex(sha256), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it has ended. */
    public boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** Returns who calls with it. */
    Caller caller() {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        scopes.forEach(scope -> rights.addAll(scope.rights()));
        return new Caller(name, id, rights, flags);
    }

    /** Without the hash: it is not secret enough to be needed, nor harmless enough to be shown. */
    @Override
    public String toString() {
        return "Token[" + id + " of " + name + ", " + scopes + "]";
    }
}
