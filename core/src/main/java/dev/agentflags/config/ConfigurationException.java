package dev.agentflags.config;

/** A configuration that no provider can be built from. The message names the property, and what was expected of it. */
public final class ConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** Makes an exception. */
    public ConfigurationException(String message) {
        super(message);
    }
}
