package dev.agentflags.config;

import dev.openfeature.sdk.FeatureProvider;
import java.util.Set;

/** Builds providers of one kind from configuration. Announced to {@link java.util.ServiceLoader} by the module that has the kind. */
public interface ProviderFactory {

    /** Returns the kind's name, as {@code agentflags.provider} has it: lower case, without a comma. */
    String kind();

    /** Returns the full names of the properties that only this kind understands. */
    Set<String> properties();

    /**
     * Builds a provider, and starts nothing.
     *
     * @param name the name that the provider is to have
     * @throws ConfigurationException if a property is missing or wrong
     */
    FeatureProvider create(String name, Settings settings);
}
