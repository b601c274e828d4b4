package dev.agentflags.benchmarks.peers.flagd;

import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.ClientAnswers;
import dev.agentflags.benchmarks.peers.FilePeer;
import dev.agentflags.benchmarks.peers.Flags;
import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** flagd in process over a file, which it looks at every five seconds unless told otherwise. */
public final class Flagd implements FilePeer {

    /** A cold JVM on a busy machine may need longer than the half second that it is given by default. */
    private static final int START_MILLIS = 10_000;

    private static final String FRACTION = "{ \"fractional\": [[\"on\", 25], [\"off\", 75]] }";

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public Flagd() {}

    @Override
    public String name() {
        return "flagd";
    }

    @Override
    public Answers start(Path directory) throws IOException {
        String document = """
                { "flags": { %s, %s } }""".formatted(
                        flag(Flags.ROLLOUT, "off", FRACTION),
                        flag(Flags.LISTED, "off", listed(Flags.listedAsJson(), "\"off\"")));
        return new ClientAnswers(provider(Files.writeString(directory.resolve("flags.json"), document)));
    }

    @Override
    public String document(int flags, boolean changing) {
        return """
                { "flags": { %s,
                %s } }""".formatted(
                flag(Flags.CHANGING, changing ? "on" : "off", "{}"),
                Flags.many(
                        flags,
                        i -> flag("flag-" + i, "off", listed("\"qa-1\", \"qa-2\", \"user-" + i + "\"", FRACTION))));
    }

    @Override
    public Following follow(Path file) {
        return new ClientAnswers(provider(file));
    }

    private static String listed(String users, String otherwise) {
        return """
                { "if": [{ "in": [{ "var": "targetingKey" }, [%s]] }, "on", %s] }""".formatted(users, otherwise);
    }

    private static String flag(String key, String variant, String targeting) {
        return """
                "%s": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "%s",
                  "targeting": %s }""".formatted(key, variant, targeting);
    }

    private static FlagdProvider provider(Path file) {
        return new FlagdProvider(FlagdOptions.builder()
                .resolverType(Config.Resolver.FILE)
                .offlineFlagSourcePath(file.toString())
                .deadline(START_MILLIS)
                .build());
    }
}
