package dev.agentflags.benchmarks.peers.openfeature;

import dev.agentflags.benchmarks.peers.Flags;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;

/** A provider of two flags that are in its code. */
final class HandWrittenProvider extends NoOpProvider {

    private static final int DIGEST_BYTES = 32;

    /** The first of four bytes of a hash that is not among the first 25 %. */
    private static final int QUARTER = 0x40;

    private final ThreadLocal<MessageDigest> sha256 = ThreadLocal.withInitial(HandWrittenProvider::sha256);
    private final ThreadLocal<byte[]> digest = ThreadLocal.withInitial(() -> new byte[DIGEST_BYTES]);
    private final byte[] seed = (Flags.ROLLOUT + ":").getBytes(StandardCharsets.UTF_8);
    private final Set<String> listed = new HashSet<>(Flags.listed());

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, EvaluationContext context) {
        String user = context.getTargetingKey();
        boolean on = key.equals(Flags.ROLLOUT) ? isIn(user) : listed.contains(user);
        return new ProviderEvaluation<>(on, on ? "on" : "off", Reason.TARGETING_MATCH.name(), null, null, null);
    }

    private boolean isIn(String user) {
        MessageDigest hash = sha256.get();
        byte[] hashed = digest.get();
        hash.update(seed);
        hash.update(user.getBytes(StandardCharsets.UTF_8));
        try {
            hash.digest(hashed, 0, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new AssertionError("SHA-256 has 32 bytes", e);
        }
        return Byte.toUnsignedInt(hashed[0]) < QUARTER;
    }
}
