package dev.agentflags.benchmarks.peers.growthbook;

import com.sdk.growthbook.GBSDKBuilder;
import com.sdk.growthbook.GrowthBookSDK;
import com.sdk.growthbook.model.GBString;
import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.benchmarks.peers.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kotlin.Unit;

/** GrowthBook's SDK for the JVM. An instance of it knows one user's attributes, so that there is one for each user. */
public final class GrowthBook implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public GrowthBook() {}

    @Override
    public String name() {
        return "growthbook";
    }

    @Override
    public Answers start(Path directory) {
        String document = """
                { "features": {
                  "%s": { "defaultValue": false, "rules": [{ "force": true, "coverage": 0.25, "hashAttribute": "id" }] },
                  "%s": { "defaultValue": false, "rules": [{ "condition": { "id": { "$in": [%s] } }, "force": true }] } } }""".formatted(Flags.ROLLOUT, Flags.LISTED, Flags.listedAsJson());
        return new ByOwnApi(Flags.users(user -> instance(user, new OneDocument(document))));
    }

    private static GrowthBookSDK instance(int user, OneDocument document) {
        return new GBSDKBuilder(
                        "no-key",
                        "http://localhost/",
                        null,
                        document,
                        Map.of("id", new GBString(Flags.user(user))),
                        null,
                        (experiment, result) -> Unit.INSTANCE,
                        false,
                        false,
                        false)
                .initialize();
    }

    private record ByOwnApi(List<GrowthBookSDK> instances) implements Answers {

        @Override
        public boolean rollout(int user) {
            return instances.get(user).isOn(Flags.ROLLOUT);
        }

        @Override
        public boolean listed(int user) {
            return instances.get(user).isOn(Flags.LISTED);
        }

        @Override
        public void close() {
            // has nothing to stop
        }
    }
}
