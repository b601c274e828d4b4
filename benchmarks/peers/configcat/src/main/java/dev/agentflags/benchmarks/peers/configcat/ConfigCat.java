package dev.agentflags.benchmarks.peers.configcat;

import com.configcat.ConfigCatClient;
import com.configcat.LogLevel;
import com.configcat.OverrideBehaviour;
import com.configcat.OverrideDataSourceBuilder;
import com.configcat.User;
import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.benchmarks.peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** ConfigCat's client over a local file of its own format. */
public final class ConfigCat implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public ConfigCat() {}

    @Override
    public String name() {
        return "configcat";
    }

    @Override
    public Answers start(Path directory) throws IOException {
        String document = """
                { "p": { "s": "salt" }, "f": {
                  "%s": { "t": 0, "v": { "b": false },
                    "p": [{ "p": 25, "v": { "b": true } }, { "p": 75, "v": { "b": false } }] },
                  "%s": { "t": 0, "v": { "b": false },
                    "r": [{ "c": [{ "u": { "a": "Identifier", "c": 0, "l": [%s] } }], "s": { "v": { "b": true } } }] } } }""".formatted(Flags.ROLLOUT, Flags.LISTED, Flags.listedAsJson());
        Path file = Files.writeString(directory.resolve("flags.json"), document);
        return new ByOwnApi(ConfigCatClient.get("localhost", options -> {
            options.flagOverrides(
                    OverrideDataSourceBuilder.localFile(file.toString(), false), OverrideBehaviour.LOCAL_ONLY);
            options.logLevel(LogLevel.WARNING);
        }));
    }

    private record ByOwnApi(ConfigCatClient client, List<User> users) implements Answers {

        ByOwnApi(ConfigCatClient client) {
            this(client, Flags.users(user -> User.newBuilder().build(Flags.user(user))));
        }

        @Override
        public boolean rollout(int user) {
            return client.getValue(Boolean.class, Flags.ROLLOUT, users.get(user), false);
        }

        @Override
        public boolean listed(int user) {
            return client.getValue(Boolean.class, Flags.LISTED, users.get(user), false);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
