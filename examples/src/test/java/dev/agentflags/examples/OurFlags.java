package dev.agentflags.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentflags.agent.TestFlags;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.source.FlagSource;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Our own provider over a document that a test changes; it can be broken, as the provider itself cannot. */
final class OurFlags implements TestFlags, FeatureProvider, FlagSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AgentFlagsProvider provider =
            AgentFlagsProvider.builder("ours", this).build();
    private final Map<String, Object> flags = new TreeMap<>();
    private @Nullable Listener listener;
    private volatile boolean down;

    @Override
    public FeatureProvider provider() {
        return this;
    }

    @Override
    public void serve(String flag, String variant, Object value) {
        define(flag, withOneVariant(variant, value, "on"));
    }

    @Override
    public void serveTo(String flag, Set<String> users, Set<String> plans) {
        define(flag, Map.of("status", "targeted", "targeted_users", users, "targeted_plans", plans));
    }

    @Override
    public void disable(String flag) {
        Map<String, Object> disabled = withOneVariant("on", true, "off");
        disabled.put("off_variant", null);
        define(flag, disabled);
    }

    @Override
    public void kill(String flag, Object value) {
        Map<String, Object> killed = withOneVariant("off", value, "on");
        killed.put("kill_switch", true);
        define(flag, killed);
    }

    private static Map<String, Object> withOneVariant(String name, Object value, String status) {
        var flag = new HashMap<String, Object>();
        flag.put("status", status);
        flag.put(
                "variants",
                Map.of(name, value instanceof Value v ? v.asStructure().asObjectMap() : value));
        flag.put("on_variant", name);
        flag.put("off_variant", name);
        return flag;
    }

    private void define(String flag, Map<String, Object> definition) {
        flags.put(flag, definition);
        deliver();
    }

    @Override
    public void remove(String flag) {
        flags.remove(flag);
        deliver();
    }

    private void deliver() {
        if (listener == null) {
            return;
        }
        try {
            Map<String, Object> document = Map.of("version", 1, "flags", Collections.unmodifiableMap(flags));
            String refusal = listener.deliver(JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
            if (refusal != null) {
                throw new AssertionError(refusal);
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void fail(boolean down) {
        this.down = down;
    }

    @Override
    public void start(Listener listener) {
        this.listener = listener;
        deliver();
    }

    @Override
    public void close() {
        listener = null;
    }

    @Override
    public void initialize(EvaluationContext context) {
        provider.initialize(context);
    }

    @Override
    public void shutdown() {
        provider.shutdown();
    }

    @Override
    public Metadata getMetadata() {
        return provider.getMetadata();
    }

    private AgentFlagsProvider up() {
        if (down) {
            throw new GeneralError("down");
        }
        return provider;
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, EvaluationContext context) {
        return up().getBooleanEvaluation(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String defaultValue, EvaluationContext context) {
        return up().getStringEvaluation(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, EvaluationContext context) {
        return up().getIntegerEvaluation(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double defaultValue, EvaluationContext context) {
        return up().getDoubleEvaluation(key, defaultValue, context);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value defaultValue, EvaluationContext context) {
        return up().getObjectEvaluation(key, defaultValue, context);
    }
}
