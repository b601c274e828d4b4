package dev.agentflags.outcome;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Pseudonyms of those to whom outcomes belong: the same in every process, another for every flag, and nobody's name. */
public final class Units {

    private Units() {}

    /**
     * Returns the first eight bytes of the SHA-256 of {@code guard:flag:unit}.
     *
     * @param flag the flag's key, in which there is no colon
     * @param unit a user's id, or the value of another attribute
     */
    public static long hash(String flag, String unit) {
        byte[] text = ("guard:" + flag + ":" + unit).getBytes(StandardCharsets.UTF_8);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
