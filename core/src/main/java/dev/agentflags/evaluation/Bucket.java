package dev.agentflags.evaluation;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The place that a subject has under a seed: {@code sha256-v1}, a contract that never changes.
 *
 * <p>SHA-256 of the UTF-8 bytes of {@code seed:subject}; its first four bytes as an unsigned big-endian integer. A share of
 * {@code percentage} includes the hash when {@code hash / 0xFFFFFFFF * 100 < percentage}, computed as IEEE doubles; a
 * percentage of 100 includes everyone. Safe for use by many threads.
 */
final class Bucket {

    private static final long MAX_HASH = 0xFFFFFFFFL;
    private static final int MAX_BYTES_PER_CHAR = 3;
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Bucket() {}

    /** Returns what a seed contributes to every hash made with it. */
    static byte[] prefix(String seed) {
        return (seed + ":").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the hash of a subject under a prefix, 0 to 2<sup>32</sup>-1. */
    static long hash(byte[] prefix, String subject) {
        return SCRATCH.get().hash(prefix, subject);
    }

    /** Returns the hash of a subject under a seed, 0 to 2<sup>32</sup>-1. */
    static long hash(String seed, String subject) {
        return hash(prefix(seed), subject);
    }

    /** Returns where in 0 to 100 a hash lies. */
    static double percent(long hash) {
        return (double) hash / MAX_HASH * 100;
    }

    /**
     * Returns the smallest hash that a share does not include, so that {@code hash < threshold} says what the formula says.
     *
     * @param percentage 0 to 100
     */
    static long threshold(double percentage) {
        if (percentage >= 100) {
            return MAX_HASH + 1;
        }
        long low = 0;
        long high = MAX_HASH + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (percent(middle) < percentage) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** A thread's own digest and buffer, so that hashing allocates nothing. */
    private static final class Scratch {

        private static final int INITIAL_BYTES = 256;
        private static final int DIGEST_BYTES = 32;

        private final MessageDigest sha256 = sha256();
        private final byte[] digest = new byte[DIGEST_BYTES];
        private byte[] input = new byte[INITIAL_BYTES];

        long hash(byte[] prefix, String subject) {
            int needed = prefix.length + subject.length() * MAX_BYTES_PER_CHAR;
            byte[] bytes = needed <= input.length ? input : grow(needed);
            System.arraycopy(prefix, 0, bytes, 0, prefix.length);
            int end = Utf8.encode(subject, bytes, prefix.length);
            sha256.update(bytes, 0, end);
            return firstFour();
        }

        /** Long subjects get a buffer for once, so that no thread keeps a large one. */
        private byte[] grow(int needed) {
            if (needed <= INITIAL_BYTES * 16) {
                input = new byte[needed];
                return input;
            }
            return new byte[needed];
        }

        private long firstFour() {
            try {
                sha256.digest(digest, 0, DIGEST_BYTES);
            } catch (DigestException e) {
                throw new AssertionError("SHA-256 has 32 bytes", e);
            }
            return (digest[0] & 0xFFL) << 24
                    | (digest[1] & 0xFFL) << 16
                    | (digest[2] & 0xFFL) << 8
                    | (digest[3] & 0xFFL);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }
    }
}
