package dev.agentflags.file;

import dev.agentflags.config.ConfigurationException;
import dev.agentflags.config.ProviderFactory;
import dev.agentflags.config.Settings;
import dev.openfeature.sdk.FeatureProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Builds the provider that {@code agentflags.provider=file} names. Stateless. */
public final class FileProviderFactory implements ProviderFactory {

    private static final String PATH = Settings.PREFIX + "file.path";
    private static final String POLL_INTERVAL = Settings.PREFIX + "file.poll-interval";

    /** Made by {@link java.util.ServiceLoader}. */
    public FileProviderFactory() {}

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public Set<String> properties() {
        return Set.of(PATH, POLL_INTERVAL);
    }

    @Override
    public FeatureProvider create(String name, Settings settings) {
        FileFlags.Builder builder =
                FileFlags.builder(path(settings)).name(name).planAttribute(settings.planAttribute());
        try {
            return builder.pollInterval(settings.duration(POLL_INTERVAL, Duration.ofSeconds(1)))
                    .build();
        } catch (ConfigurationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(POLL_INTERVAL + ": " + e.getMessage());
        }
    }

    private static Path path(Settings settings) {
        String path = settings.get(PATH, "flags.json");
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new ConfigurationException("%s: expected a path, found \"%s\"".formatted(PATH, path));
        }
    }
}
