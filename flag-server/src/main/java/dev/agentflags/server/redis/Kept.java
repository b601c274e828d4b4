package dev.agentflags.server.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A document as Redis keeps it. Immutable.
 *
 * @param text the document
 * @param version the SHA-256 of its bytes, in hexadecimal
 * @param id of the audit entry with which it was written, or empty where that is not known
 */
record Kept(String text, String version, String id) {

    static String versionOf(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
