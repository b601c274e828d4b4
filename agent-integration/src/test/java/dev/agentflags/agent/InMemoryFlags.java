package dev.agentflags.agent;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.GeneralError;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The SDK's in-memory provider. With a context evaluator it always names the default variant. */
final class InMemoryFlags implements TestFlags {

    private final Breakable provider = new Breakable();

    @Override
    public FeatureProvider provider() {
        return provider;
    }

    @Override
    public void serve(String flag, String variant, Object value) {
        provider.updateFlag(
                flag,
                Flag.builder().variant(variant, value).defaultVariant(variant).build());
    }

    @Override
    public void serveTo(String flag, Set<String> users, Set<String> plans) {
        provider.updateFlag(
                flag,
                Flag.<Boolean>builder()
                        .variant("on", true)
                        .variant("off", false)
                        .defaultVariant("off")
                        .contextEvaluator((known, context) -> TestFlags.isOneOf(context, users, plans))
                        .build());
    }

    @Override
    public void disable(String flag) {
        provider.updateFlag(
                flag,
                Flag.builder()
                        .variant("on", true)
                        .defaultVariant("on")
                        .disabled(true)
                        .build());
    }

    @Override
    public void kill(String flag, Object value) {
        provider.updateFlag(
                flag,
                Flag.builder()
                        .variant("off", value)
                        .defaultVariant("off")
                        .flagMetadata(ImmutableMetadata.builder()
                                .addBoolean("killed", true)
                                .build())
                        .build());
    }

    @Override
    public void remove(String flag) {
        provider.removed.add(flag);
    }

    @Override
    public void fail(boolean down) {
        provider.down = down;
    }

    private static final class Breakable extends InMemoryProvider {

        private final Set<String> removed = ConcurrentHashMap.newKeySet();
        private volatile boolean down;

        private Breakable() {
            super(Map.of());
        }

        @Override
        public ProviderEvaluation<Boolean> getBooleanEvaluation(
                String key, Boolean defaultValue, EvaluationContext context) {
            return super.getBooleanEvaluation(up(key), defaultValue, context);
        }

        @Override
        public ProviderEvaluation<String> getStringEvaluation(
                String key, String defaultValue, EvaluationContext context) {
            return super.getStringEvaluation(up(key), defaultValue, context);
        }

        @Override
        public ProviderEvaluation<Value> getObjectEvaluation(
                String key, Value defaultValue, EvaluationContext context) {
            return super.getObjectEvaluation(up(key), defaultValue, context);
        }

        private String up(String key) {
            if (down) {
                throw new GeneralError("down");
            }
            return removed.contains(key) ? "" : key;
        }

        @Override
        public void track(String event, EvaluationContext context, TrackingEventDetails details) {
            // nothing to track with
        }
    }
}
