package dev.agentflags.benchmarks.peers.unleash.openfeature;

import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.ClientAnswers;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.benchmarks.peers.Peer;
import dev.openfeature.contrib.providers.unleash.UnleashProvider;
import dev.openfeature.contrib.providers.unleash.UnleashProviderConfig;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import io.getunleash.util.UnleashConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Unleash's OpenFeature provider over a document that it is started with; it neither polls nor sends metrics. It takes the user
 * from the attribute {@code userId}, not from the targeting key.
 */
public final class UnleashByOpenFeature implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public UnleashByOpenFeature() {}

    @Override
    public String name() {
        return "unleash-openfeature";
    }

    @Override
    public Answers start(Path directory) {
        String document = """
                { "version": 2, "features": [
                  { "name": "%s", "enabled": true, "strategies": [{ "name": "flexibleRollout",
                    "parameters": { "rollout": "25", "stickiness": "userId", "groupId": "%s" } }] },
                  { "name": "%s", "enabled": true, "strategies": [{ "name": "userWithId",
                    "parameters": { "userIds": "%s" } }] }] }""".formatted(Flags.ROLLOUT, Flags.ROLLOUT, Flags.LISTED, String.join(",", Flags.listed()));
        var provider = new UnleashProvider(UnleashProviderConfig.builder()
                .unleashConfigBuilder(UnleashConfig.builder()
                        .appName("benchmarks")
                        .unleashAPI("http://localhost:1/api")
                        .backupFile(directory.resolve("backup.json").toString())
                        .toggleBootstrapProvider(() -> Optional.of(document))
                        .disablePolling()
                        .disableMetrics())
                .build());
        return new ClientAnswers(provider, user -> new ImmutableContext(user, Map.of("userId", new Value(user))));
    }
}
