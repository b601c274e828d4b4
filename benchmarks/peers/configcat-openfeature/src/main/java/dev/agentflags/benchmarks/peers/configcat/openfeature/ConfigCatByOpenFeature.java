package dev.agentflags.benchmarks.peers.configcat.openfeature;

import com.configcat.LogLevel;
import com.configcat.OverrideBehaviour;
import com.configcat.OverrideDataSourceBuilder;
import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.ClientAnswers;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.benchmarks.peers.Peer;
import dev.openfeature.contrib.providers.configcat.ConfigCatProvider;
import dev.openfeature.contrib.providers.configcat.ConfigCatProviderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** ConfigCat's OpenFeature provider over a local file of ConfigCat's format. */
public final class ConfigCatByOpenFeature implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public ConfigCatByOpenFeature() {}

    @Override
    public String name() {
        return "configcat-openfeature";
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
        return new ClientAnswers(new ConfigCatProvider(ConfigCatProviderConfig.builder()
                .sdkKey("localhost")
                .options(options -> {
                    options.flagOverrides(
                            OverrideDataSourceBuilder.localFile(file.toString(), false), OverrideBehaviour.LOCAL_ONLY);
                    options.logLevel(LogLevel.WARNING);
                })
                .build()));
    }
}
