package dev.agentflags.agent;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A provider that nobody but these tests knows: it replies whatever it was told to. */
final class ForeignFlags implements TestFlags, FeatureProvider {

    private final Map<String, Function<EvaluationContext, Reply>> replies = new ConcurrentHashMap<>();
    private final Set<String> killed = ConcurrentHashMap.newKeySet();
    private final List<Tracked> tracked = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private volatile @Nullable RuntimeException trackFails;

    /** What an evaluation comes to. A null value is the caller's default. */
    record Reply(
            @Nullable Object value,
            @Nullable String variant,
            @Nullable String reason,
            @Nullable String version) {}

    /** Stands for no value at all, which a provider should not reply with. */
    static final Object NOTHING = new Object();

    /** One event that was tracked. */
    record Tracked(String event, EvaluationContext context, TrackingEventDetails details) {}

    @Override
    public FeatureProvider provider() {
        return this;
    }

    void reply(String flag, Reply reply) {
        replies.put(flag, context -> reply);
    }

    /** Says in metadata, not by the reason, that the flag is killed. */
    void killByMetadata(String flag) {
        reply(flag, new Reply(false, "off", null, null));
        killed.add(flag);
    }

    @Override
    public void serve(String flag, String variant, Object value) {
        reply(flag, new Reply(value, variant, "SPLIT", null));
    }

    @Override
    public void serveTo(String flag, Set<String> users, Set<String> plans) {
        replies.put(
                flag,
                context -> TestFlags.isOneOf(context, users, plans)
                        ? new Reply(true, "on", "TARGETING_MATCH", null)
                        : new Reply(false, "off", "DEFAULT", null));
    }

    @Override
    public void disable(String flag) {
        reply(flag, new Reply(null, null, "DISABLED", null));
    }

    @Override
    public void kill(String flag, Object value) {
        reply(flag, new Reply(value, "off", "KILLED", null));
    }

    @Override
    public void remove(String flag) {
        replies.remove(flag);
    }

    @Override
    public void fail(boolean down) {
        this.down = down;
    }

    void failToTrack(RuntimeException failure) {
        this.trackFails = failure;
    }

    List<Tracked> tracked() {
        return tracked;
    }

    @Override
    public Metadata getMetadata() {
        return () -> "foreign";
    }

    @SuppressWarnings("unchecked") // as careless as providers may be
    private <T> ProviderEvaluation<T> evaluate(String key, T defaultValue, EvaluationContext context) {
        Function<EvaluationContext, Reply> known = replies.get(key);
        if (down || known == null) {
            return ProviderEvaluation.<T>builder()
                    .value(defaultValue)
                    .errorCode(down ? ErrorCode.GENERAL : ErrorCode.FLAG_NOT_FOUND)
                    .build();
        }
        Reply reply = known.apply(context);
        Object value = reply.value() == null ? defaultValue : reply.value();
        var evaluation = ProviderEvaluation.<T>builder()
                .value(value == NOTHING ? null : (T) value)
                .variant(reply.variant())
                .reason(reply.reason());
        var metadata = ImmutableMetadata.builder();
        if (reply.version() != null) {
            metadata.addString("version", reply.version());
        }
        if (killed.contains(key)) {
            metadata.addBoolean("killed", true);
        }
        evaluation.flagMetadata(metadata.build());
        return evaluation.build();
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, EvaluationContext context) {
        return evaluate(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String defaultValue, EvaluationContext context) {
        return evaluate(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, EvaluationContext context) {
        return evaluate(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double defaultValue, EvaluationContext context) {
        return evaluate(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value defaultValue, EvaluationContext context) {
        return evaluate(key, defaultValue, context);
    }

    @Override
    public void track(String event, EvaluationContext context, TrackingEventDetails details) {
        RuntimeException failure = trackFails;
        if (failure != null) {
            throw failure;
        }
        tracked.add(new Tracked(event, context, details));
    }
}
