package dev.agentflags.snapshot;

import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.model.Ruleset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One ruleset and its evaluator, which always go together. Immutable.
 *
 * @param ruleset as it is in force: an invalid flag stands in its last valid definition
 * @param evaluator of that ruleset
 * @param version tells this ruleset from others of its document: its serial, or, where it has none, eight hexadecimal digits of
 *     the document's SHA-256
 */
public record Snapshot(Ruleset ruleset, Evaluator evaluator, String version) {

    private static final int HASH_DIGITS = 8;

    static Snapshot of(Ruleset ruleset, byte[] utf8) {
        Long serial = ruleset.serial();
        return new Snapshot(ruleset, Evaluator.compile(ruleset), serial == null ? hash(utf8) : serial.toString());
    }

    private static String hash(byte[] utf8) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf8);
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
