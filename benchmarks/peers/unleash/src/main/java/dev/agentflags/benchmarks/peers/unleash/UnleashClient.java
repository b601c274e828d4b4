package dev.agentflags.benchmarks.peers.unleash;

import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.benchmarks.peers.Peer;
import io.getunleash.DefaultUnleash;
import io.getunleash.Unleash;
import io.getunleash.UnleashContext;
import io.getunleash.util.UnleashConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Unleash's client over a document that it is started with; it neither polls nor sends metrics. */
public final class UnleashClient implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public UnleashClient() {}

    @Override
    public String name() {
        return "unleash";
    }

    @Override
    public Answers start(Path directory) {
        String document = """
                { "version": 2, "features": [
                  { "name": "%s", "enabled": true, "strategies": [{ "name": "flexibleRollout",
                    "parameters": { "rollout": "25", "stickiness": "userId", "groupId": "%s" } }] },
                  { "name": "%s", "enabled": true, "strategies": [{ "name": "userWithId",
                    "parameters": { "userIds": "%s" } }] }] }""".formatted(Flags.ROLLOUT, Flags.ROLLOUT, Flags.LISTED, String.join(",", Flags.listed()));
        return new ByOwnApi(new DefaultUnleash(UnleashConfig.builder()
                .appName("benchmarks")
                .unleashAPI("http://localhost:1/api")
                .backupFile(directory.resolve("backup.json").toString())
                .toggleBootstrapProvider(() -> Optional.of(document))
                .disablePolling()
                .disableMetrics()
                .build()));
    }

    private record ByOwnApi(Unleash unleash, List<UnleashContext> contexts) implements Answers {

        ByOwnApi(Unleash unleash) {
            this(
                    unleash,
                    Flags.users(user ->
                            UnleashContext.builder().userId(Flags.user(user)).build()));
        }

        @Override
        public boolean rollout(int user) {
            return unleash.isEnabled(Flags.ROLLOUT, contexts.get(user));
        }

        @Override
        public boolean listed(int user) {
            return unleash.isEnabled(Flags.LISTED, contexts.get(user));
        }

        @Override
        public void close() {
            unleash.shutdown();
        }
    }
}
