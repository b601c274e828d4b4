package dev.agentflags.remote;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.remote.follow.DocumentCache;
import dev.agentflags.remote.follow.RemoteSource;
import dev.agentflags.remote.follow.Timing;
import dev.agentflags.remote.http.Address;
import dev.agentflags.remote.http.HttpOptions;
import dev.agentflags.remote.http.HttpOrigin;
import dev.agentflags.remote.http.Token;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A provider of one flag, {@code agent}, as an application sees it. */
public final class Rig implements AutoCloseable {

    public final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    public final Client client = api.getClient();
    public final List<EventDetails> changes = new CopyOnWriteArrayList<>();
    public final List<String> reasons = new CopyOnWriteArrayList<>();
    public final List<ProviderState> states = new CopyOnWriteArrayList<>();

    private @Nullable Token token;
    private @Nullable Path cache;
    private Timing timing = Timings.FAST;
    private Duration initTimeout = Duration.ofSeconds(5);

    public Rig() {
        client.onProviderConfigurationChanged(changes::add);
        client.onProviderStale(details -> {
            reasons.add(String.valueOf(details.getMessage()));
            states.add(ProviderState.STALE);
        });
        client.onProviderReady(details -> states.add(ProviderState.READY));
        client.onProviderError(details -> states.add(client.getProviderState()));
    }

    /** Returns a document of one flag that is on. */
    public static String document(long serial, boolean killed) {
        return document("l1", serial, killed);
    }

    public static String document(String lineage, long serial, boolean killed) {
        return """
                {"version": 1, "lineage": "%s", "serial": %d,
                 "flags": {"agent": {"status": "on", "kill_switch": %s}}}
                """.formatted(lineage, serial, killed);
    }

    public Rig token(Token token) {
        this.token = token;
        return this;
    }

    public Rig cache(Path directory) {
        this.cache = directory;
        return this;
    }

    public Rig timing(Timing timing) {
        this.timing = timing;
        return this;
    }

    public Rig initTimeout(Duration initTimeout) {
        this.initTimeout = initTimeout;
        return this;
    }

    /** Builds a provider that is not started. */
    public AgentFlagsProvider provider(String url) {
        Address address = Address.of(url);
        var options = new HttpOptions(address, token, false, false, false, null, null);
        var source = new RemoteSource(
                "rig",
                address.toString(),
                new HttpOrigin(options, true, timing.silence()),
                timing,
                cache == null ? null : new DocumentCache(cache, address.document()));
        return AgentFlagsProvider.builder("rig", source)
                .initTimeout(initTimeout)
                .build();
    }

    public Rig start(String url) {
        api.setProviderAndWait(provider(url));
        return this;
    }

    public boolean isKilled() {
        return "KILLED".equals(client.getBooleanDetails("agent", true).getReason());
    }

    public boolean isOn() {
        return client.getBooleanValue("agent", false);
    }

    /** Returns why the flags were first said to be stale. */
    public String reason() {
        Eventually.until(() -> !reasons.isEmpty());
        return reasons.get(0);
    }

    public void until(ProviderState state) {
        Eventually.until(() -> client.getProviderState() == state);
    }

    @Override
    public void close() {
        api.shutdown();
    }
}
