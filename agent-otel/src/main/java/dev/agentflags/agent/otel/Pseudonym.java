package dev.agentflags.agent.otel;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives each id another name that only the holder of the key can tell: HMAC-SHA-256, in 64 hexadecimal digits. A plain
 * hash would not do, since e-mail addresses can be guessed. Safe for use by many threads.
 */
final class Pseudonym {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 16;

    private final Mac keyed;

    Pseudonym(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "expected a key of at least " + MIN_KEY_BYTES + " bytes, found " + key.length);
        }
        this.keyed = keyed(new SecretKeySpec(key, ALGORITHM));
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every JDK has " + ALGORITHM, e);
        }
    }

    String of(String id) {
        try {
            // a Mac is for one thread at a time; a copy of a keyed one is cheaper than keying another
            Mac mac = (Mac) keyed.clone();
            return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's own " + ALGORITHM + " can be cloned", e);
        }
    }
}
