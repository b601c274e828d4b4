package dev.agentflags.benchmarks;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** The JDK's SHA-256. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
