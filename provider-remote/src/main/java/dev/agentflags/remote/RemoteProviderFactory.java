package dev.agentflags.remote;

import dev.agentflags.config.ConfigurationException;
import dev.agentflags.config.ProviderFactory;
import dev.agentflags.config.Settings;
import dev.openfeature.sdk.FeatureProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the provider that {@code agentflags.provider=remote} names. Stateless. */
public final class RemoteProviderFactory implements ProviderFactory {

    private static final String URL = Settings.PREFIX + "remote.url";
    private static final String TOKEN = Settings.PREFIX + "remote.token";
    private static final String TOKEN_FILE = Settings.PREFIX + "remote.token-file";
    private static final String ALLOW_HTTP = Settings.PREFIX + "remote.allow-insecure-http";
    private static final String POLL_INTERVAL = Settings.PREFIX + "remote.poll-interval";
    private static final String CACHE_DIR = Settings.PREFIX + "remote.cache-dir";

    /** Made by {@link java.util.ServiceLoader}. */
    public RemoteProviderFactory() {}

    @Override
    public String kind() {
        return "remote";
    }

    @Override
    public Set<String> properties() {
        return Set.of(URL, TOKEN, TOKEN_FILE, ALLOW_HTTP, POLL_INTERVAL, CACHE_DIR);
    }

    @Override
    public FeatureProvider create(String name, Settings settings) {
        RemoteBuilder builder = builder(settings).name(name).planAttribute(settings.planAttribute());
        Duration poll = settings.duration(POLL_INTERVAL, Duration.ofSeconds(10));
        naming(POLL_INTERVAL, () -> builder.pollInterval(poll));
        Path cache = path(settings, CACHE_DIR);
        if (cache != null) {
            builder.cacheDirectory(cache);
        }
        setToken(builder, settings);
        builder.allowInsecureHttp(isTrue(settings, ALLOW_HTTP));
        return naming(URL, builder::build);
    }

    private static RemoteBuilder builder(Settings settings) {
        String url = settings.get(URL);
        if (url == null) {
            throw new ConfigurationException(
                    URL + ": expected the URL of a flag server or of a document, found nothing");
        }
        return naming(URL, () -> RemoteFlags.builder(url));
    }

    private static void setToken(RemoteBuilder builder, Settings settings) {
        String token = settings.get(TOKEN);
        Path file = path(settings, TOKEN_FILE);
        if (token != null && file != null) {
            throw new ConfigurationException(TOKEN + ", " + TOKEN_FILE + ": expected one of them, found both");
        }
        if (token != null) {
            naming(TOKEN, () -> builder.token(token));
        } else if (file != null) {
            builder.tokenFile(file);
        }
    }

    private static boolean isTrue(Settings settings, String property) {
        String value = settings.get(property, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new ConfigurationException("%s: expected true or false, found \"%s\"".formatted(property, value));
        }
        return value.equals("true");
    }

    private static @Nullable Path path(Settings settings, String property) {
        String path = settings.get(property);
        try {
            return path == null ? null : Path.of(path);
        } catch (InvalidPathException e) {
            throw new ConfigurationException("%s: expected a path, found \"%s\"".formatted(property, path));
        }
    }

    private static <T> T naming(String property, Supplier<T> option) {
        try {
            return option.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(property + ": " + e.getMessage());
        }
    }
}
