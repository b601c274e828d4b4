package dev.agentflags.openfeature;

import dev.agentflags.source.FlagSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Collects the options that every provider has, wherever its flags come from. Not safe for use by many threads.
 *
 * @param <B> the builder that extends this one, so that its own options and these can be set in any order
 */
public abstract class ProviderBuilder<B extends ProviderBuilder<B>> {

    private static final Duration DEFAULT_INIT_TIMEOUT = Duration.ofSeconds(5);

    String name;
    String planAttribute = "plan";
    Duration initTimeout = DEFAULT_INIT_TIMEOUT;
    boolean startEmpty;
    final List<TrackingListener> trackingListeners = new ArrayList<>();

    /**
     * Makes a builder.
     *
     * @param name the provider's, unless another is set
     */
    protected ProviderBuilder(String name) {
        this.name = notBlank("name", name);
    }

    /** Returns a new source of the provider's flags; the provider starts and closes it. */
    protected abstract FlagSource newSource(String providerName);

    @SuppressWarnings("unchecked") // what the type parameter is for
    private B self() {
        return (B) this;
    }

    /**
     * Sets the provider's name, which OpenFeature shows. Its {@code MultiProvider} keeps only one of several providers of the same
     * name.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public final B name(String name) {
        this.name = notBlank("name", name);
        return self();
    }

    /**
     * Sets the name of the context attribute that holds the user's plan; {@code plan} unless set.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public final B planAttribute(String planAttribute) {
        this.planAttribute = notBlank("planAttribute", planAttribute);
        return self();
    }

    /**
     * Sets how long the SDK's {@code initialize} waits for the first document; 5 seconds unless set. A source that fails before
     * ends the wait.
     *
     * @throws IllegalArgumentException if negative
     */
    public final B initTimeout(Duration initTimeout) {
        if (initTimeout.isNegative()) {
            throw new IllegalArgumentException("initTimeout: expected PT0S or more, found " + initTimeout);
        }
        this.initTimeout = initTimeout;
        return self();
    }

    /**
     * Starts as STALE instead of failing where no document is to be had; false unless set. OpenFeature's {@code MultiProvider}
     * shuts down all its members when one of them fails to start.
     */
    public final B startEmpty(boolean startEmpty) {
        this.startEmpty = startEmpty;
        return self();
    }

    /** Adds one who is told of tracked events. */
    public final B onTrack(TrackingListener listener) {
        trackingListeners.add(Objects.requireNonNull(listener, "listener"));
        return self();
    }

    /**
     * Returns a provider that is not yet started; the SDK does that.
     *
     * @throws IllegalArgumentException if options contradict each other
     */
    public final AgentFlagsProvider build() {
        return new AgentFlagsProvider(this, newSource(name));
    }

    private static String notBlank(String option, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(option + ": expected a name, found an empty string");
        }
        return value;
    }

    /**
     * Returns a duration that is within limits, for a setter.
     *
     * @throws IllegalArgumentException if it is not, which names the option
     */
    protected static Duration between(Duration least, Duration most, String option, Duration value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s: expected %s or more, up to %s, found %s".formatted(option, least, most, value));
        }
        return value;
    }
}
