package dev.agentflags.config;

import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.multiprovider.MultiProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds the provider that the configuration names, so that an application is moved from a file to a server, or back, without a
 * change of code.
 *
 * <pre>{@code
 * OpenFeatureAPI.getInstance().setProviderAndWait(AgentFlags.provider());
 * }</pre>
 */
public final class AgentFlags {

    private static final String PROVIDER = Settings.PREFIX + "provider";
    private static final String NAME = Settings.PREFIX + "name";
    private static final String FILE_ON_CLASS_PATH = "agentflags.properties";

    private final SortedMap<String, ProviderFactory> factories;
    private final Settings settings;

    private AgentFlags(SortedMap<String, ProviderFactory> factories, Settings settings) {
        this.factories = factories;
        this.settings = settings;
    }

    /**
     * Builds the provider that system properties, the environment, or {@code agentflags.properties} on the class path name.
     *
     * @throws ConfigurationException if a property under {@code agentflags.} is unknown, missing or wrong
     */
    public static FeatureProvider provider() {
        return provider(Map.of());
    }

    /**
     * Builds the provider that these properties name, and where they are silent, those of {@link #provider()}.
     *
     * @throws ConfigurationException if a property under {@code agentflags.} is unknown, missing or wrong
     */
    public static FeatureProvider provider(Properties properties) {
        return provider(strings(properties));
    }

    /**
     * Builds the provider that these properties name, and where they are silent, those of {@link #provider()}.
     *
     * @throws ConfigurationException if a property under {@code agentflags.} is unknown, missing or wrong
     */
    public static FeatureProvider provider(Map<String, String> properties) {
        var settings = new Settings(properties, strings(System.getProperties()), System::getenv, onClassPath());
        return of(ServiceLoader.load(ProviderFactory.class), settings);
    }

    /** Builds the provider that the settings name, of one of these kinds. */
    static FeatureProvider of(Iterable<ProviderFactory> factories, Settings settings) {
        SortedMap<String, ProviderFactory> byKind = new TreeMap<>();
        factories.forEach(factory -> byKind.put(factory.kind(), factory));
        var configured = new AgentFlags(byKind, settings);
        configured.refuseUnknown();
        return configured.build();
    }

    private void refuseUnknown() {
        Set<String> known = new TreeSet<>(Set.of(PROVIDER, NAME, Settings.PLAN_ATTRIBUTE));
        factories.values().forEach(factory -> known.addAll(factory.properties()));
        for (String name : settings.names()) {
            if (!known.contains(name)) {
                throw new ConfigurationException("%s: unknown property, expected one of %s".formatted(name, known));
            }
        }
    }

    private FeatureProvider build() {
        List<String> kinds = kinds();
        if (kinds.size() == 1) {
            return create(kinds.get(0), settings.get(NAME, "agentflags-" + kinds.get(0)));
        }
        List<FeatureProvider> members = new ArrayList<>();
        for (String kind : kinds) {
            members.add(create(kind, settings.get(NAME, "agentflags") + "-" + kind));
        }
        return new MultiProvider(members);
    }

    private List<String> kinds() {
        String kinds = settings.get(PROVIDER);
        if (kinds != null) {
            List<String> listed =
                    Arrays.stream(kinds.split(",", -1)).map(String::strip).toList();
            if (new HashSet<>(listed).size() < listed.size()) {
                throw new ConfigurationException(PROVIDER + ": expected each kind once, found \"" + kinds + "\"");
            }
            return listed;
        }
        if (factories.size() == 1) {
            return List.of(factories.firstKey());
        }
        throw new ConfigurationException(
                factories.isEmpty()
                        ? "there is no provider on the class path; add agentflags-provider-file or another"
                        : "%s: expected one of %s, found nothing".formatted(PROVIDER, factories.keySet()));
    }

    private FeatureProvider create(String kind, String name) {
        ProviderFactory factory = factories.get(kind);
        if (factory == null) {
            throw new ConfigurationException(
                    "%s: expected one of %s, found \"%s\"".formatted(PROVIDER, factories.keySet(), kind));
        }
        return factory.create(name, settings);
    }

    private static Map<String, String> strings(Properties properties) {
        Map<String, String> strings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> strings.put(name, properties.getProperty(name)));
        return strings;
    }

    private static Map<String, String> onClassPath() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        var properties = new Properties();
        try (InputStream file = loader == null ? null : loader.getResourceAsStream(FILE_ON_CLASS_PATH)) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE_ON_CLASS_PATH + " on the class path cannot be read", e);
        }
        return strings(properties);
    }
}
