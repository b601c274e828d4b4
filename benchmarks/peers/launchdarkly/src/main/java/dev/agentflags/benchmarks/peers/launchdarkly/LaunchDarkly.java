package dev.agentflags.benchmarks.peers.launchdarkly;

import com.launchdarkly.logging.Logs;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.FilePeer;
import dev.agentflags.benchmarks.peers.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** LaunchDarkly's server SDK over its file data source, without events: there is nobody to send them to. */
public final class LaunchDarkly implements FilePeer {

    private static final String FRACTION = """
            { "rollout": { "variations": [{ "variation": 0, "weight": 25000 }, { "variation": 1, "weight": 75000 }] } }""";

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public LaunchDarkly() {}

    @Override
    public String name() {
        return "launchdarkly";
    }

    @Override
    public Answers start(Path directory) throws IOException {
        String document = """
                { "flags": { %s, %s } }""".formatted(
                        flag(Flags.ROLLOUT, "", FRACTION), flag(Flags.LISTED, Flags.listedAsJson(), otherwise(false)));
        return new ByOwnApi(client(Files.writeString(directory.resolve("flags.json"), document)));
    }

    @Override
    public String document(int flags, boolean changing) {
        return """
                { "flags": { %s,
                %s } }""".formatted(
                        flag(Flags.CHANGING, "", otherwise(changing)),
                        Flags.many(flags, i -> flag("flag-" + i, "\"qa-1\", \"qa-2\", \"user-" + i + "\"", FRACTION)));
    }

    @Override
    public Following follow(Path file) {
        return new ByOwnApi(client(file));
    }

    private static String otherwise(boolean on) {
        return "{ \"variation\": " + (on ? 0 : 1) + " }";
    }

    private static String flag(String key, String users, String fallthrough) {
        return """
                "%s": { "key": "%s", "version": 1, "on": true, "salt": "%s", "variations": [true, false], "offVariation": 1,
                  "targets": [{ "variation": 0, "values": [%s] }], "fallthrough": %s }""".formatted(key, key, key, users, fallthrough);
    }

    private static LDClient client(Path file) {
        return new LDClient(
                "no-key",
                new LDConfig.Builder()
                        .dataSource(FileData.dataSource().filePaths(file).autoUpdate(true))
                        .events(Components.noEvents())
                        .logging(Components.logging(Logs.none()))
                        .build());
    }

    private record ByOwnApi(LDClient client, List<LDContext> contexts) implements Answers, Following {

        ByOwnApi(LDClient client) {
            this(client, Flags.users(user -> LDContext.create(Flags.user(user))));
        }

        @Override
        public boolean rollout(int user) {
            return client.boolVariation(Flags.ROLLOUT, contexts.get(user), false);
        }

        @Override
        public boolean listed(int user) {
            return client.boolVariation(Flags.LISTED, contexts.get(user), false);
        }

        @Override
        public boolean changing() {
            return client.boolVariation(Flags.CHANGING, contexts.get(0), false);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
