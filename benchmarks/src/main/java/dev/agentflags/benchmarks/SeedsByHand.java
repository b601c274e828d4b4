package dev.agentflags.benchmarks;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The least that a provider of many rollouts to 25 % can be: a map of seeds and a digest. */
final class SeedsByHand extends NoOpProvider {

    /** The first of four bytes of a hash that is not among the first 25 %. */
    private static final int QUARTER = 0x40;

    private final ThreadLocal<MessageDigest> sha256 = ThreadLocal.withInitial(Sha256::digest);
    private final Map<String, byte[]> seeds;

    SeedsByHand(Stream<String> keys) {
        this.seeds = keys.collect(
                Collectors.toMap(Function.identity(), key -> (key + ":").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, EvaluationContext context) {
        byte[] seed = seeds.get(key);
        if (seed == null) {
            throw new IllegalArgumentException("expected one of the keys, found " + key);
        }
        boolean on = isIn(seed, context.getTargetingKey());
        return new ProviderEvaluation<>(on, on ? "on" : "off", Reason.SPLIT.name(), null, null, null);
    }

    private boolean isIn(byte[] seed, String user) {
        MessageDigest hash = sha256.get();
        hash.update(seed);
        return Byte.toUnsignedInt(hash.digest(user.getBytes(StandardCharsets.UTF_8))[0]) < QUARTER;
    }
}
