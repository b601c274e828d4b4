package dev.agentflags.openfeature;

import dev.agentflags.evaluation.Explanation;
import dev.agentflags.outcome.OutcomeSink;
import dev.agentflags.snapshot.Snapshot;
import dev.agentflags.source.FlagSource;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers OpenFeature clients from the flags of one source.
 *
 * <p>Evaluations are local and answered from the last good ruleset, whatever has become of the source since. Where there never
 * was one they end with {@code PROVIDER_NOT_READY} and the caller's default. Safe for use by many threads. An instance lives once:
 * after {@link #shutdown()} it is not initialised again.
 */
public final class AgentFlagsProvider extends EventProvider {

    private static final Logger LOG = LoggerFactory.getLogger(AgentFlagsProvider.class);

    /**
     * A constant of this class, so that the SDK's error codes are loaded with it: as long as they are not, and that is until
     * something fails, the JIT compiler inlines nothing that has one among its parameters, such as the constructor of every answer.
     */
    private static final ErrorCode NO_FLAGS_YET = ErrorCode.PROVIDER_NOT_READY;

    private final String name;
    private final Metadata metadata;
    private final FlagSource source;
    private final String planAttribute;
    private final Duration initTimeout;
    private final boolean startEmpty;
    private final List<TrackingListener> trackingListeners;
    private final Lifecycle lifecycle;
    private final @Nullable OutcomeSink outcomes;
    private boolean started;

    private volatile @Nullable View view;

    AgentFlagsProvider(ProviderBuilder<?> builder, FlagSource source, @Nullable OutcomeSink outcomes) {
        this.name = builder.name;
        String constantName = name;
        this.metadata = () -> constantName;
        this.source = source;
        this.planAttribute = builder.planAttribute;
        this.initTimeout = builder.initTimeout;
        this.startEmpty = builder.startEmpty;
        this.outcomes = outcomes;
        List<TrackingListener> listeners = new ArrayList<>(builder.trackingListeners);
        if (outcomes != null) {
            listeners.add(new TrackedOutcomes(this::snapshot, outcomes));
        }
        this.trackingListeners = List.copyOf(listeners);
        this.lifecycle = new Lifecycle(name, new EventLane(name, this::emit), this::inForce);
    }

    private void inForce(Snapshot snapshot) {
        view = new View(snapshot, planAttribute);
        if (outcomes != null) {
            outcomes.inForce(snapshot);
        }
    }

    /**
     * Starts to build a provider.
     *
     * @param name the provider's, which OpenFeature shows and by which it tells providers apart; not empty
     * @param source where the flags come from; the provider closes it
     */
    public static Builder builder(String name, FlagSource source) {
        return new Builder(name, source);
    }

    /**
     * Starts the source and waits for its first document, or its first failure, for as long as the builder said. Called by the
     * SDK.
     *
     * @throws GeneralError if there is no ruleset to answer from, or if this provider was shut down before; in the first case it
     *     goes on trying, and emits READY when it has one
     */
    @Override
    public void initialize(EvaluationContext context) {
        startOnce();
        lifecycle.awaitFirst(initTimeout, startEmpty);
    }

    private synchronized void startOnce() {
        if (lifecycle.isClosed()) {
            throw new GeneralError(name + " was shut down and cannot be started again; build a new provider");
        }
        if (!started) {
            started = true;
            if (outcomes != null) {
                outcomes.start();
            }
            source.start(lifecycle);
        }
    }

    /** Stops the source and all threads. Evaluations go on as before. Shutting down twice is harmless. */
    @Override
    public void shutdown() {
        lifecycle.close();
        source.close();
        if (outcomes != null) {
            outcomes.close();
        }
        super.shutdown();
    }

    @Override
    public Metadata getMetadata() {
        return metadata;
    }

    /** There are none; the SDK asks at every evaluation. */
    @Override
    @SuppressWarnings("rawtypes") // as the SDK declares it
    public List<Hook> getProviderHooks() {
        return List.of();
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, Accessor.BOOLEAN);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(
            String key, String defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, Accessor.STRING);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, Accessor.INTEGER);
    }

    @Override
    public ProviderEvaluation<Long> getLongEvaluation(
            String key, Long defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, Accessor.LONG);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(
            String key, Double defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, Accessor.DOUBLE);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(
            String key, Value defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, Accessor.OBJECT);
    }

    private <T> ProviderEvaluation<T> evaluate(
            String key, T fallback, @Nullable EvaluationContext context, Accessor<T> accessor) {
        View current = view;
        return current == null
                ? View.failed(fallback, NO_FLAGS_YET, name + " has no flags yet", ImmutableMetadata.EMPTY)
                : current.evaluate(key, fallback, context, accessor);
    }

    /**
     * Says how an evaluation comes to its answer, step by step; not for the hot path.
     *
     * @return the explanation, or null while there is no ruleset
     */
    public @Nullable Explanation explain(String key, @Nullable EvaluationContext context) {
        View current = view;
        return current == null
                ? null
                : current.snapshot().evaluator().explain(key, new ContextSubject(context, planAttribute));
    }

    /** Returns what is in force, or null while nothing is. */
    public @Nullable Snapshot snapshot() {
        View current = view;
        return current == null ? null : current.snapshot();
    }

    /** Passes the event on to those who listen. */
    @Override
    public void track(String event, EvaluationContext context, @Nullable TrackingEventDetails details) {
        for (TrackingListener listener : trackingListeners) {
            try {
                listener.tracked(event, context, details);
            } catch (RuntimeException e) {
                LOG.debug("{}: a tracking listener failed", name, e);
            }
        }
    }

    /** Collects options. Not safe for use by many threads. */
    public static final class Builder extends ProviderBuilder<Builder> {

        private final FlagSource source;
        private @Nullable OutcomeSink outcomes;

        private Builder(String name, FlagSource source) {
            super(name);
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Sets who takes the outcomes of guarded flags: a guard in this process, or the way to one elsewhere. The provider starts and
         * closes it. Details must not be changed after they were tracked.
         */
        public Builder outcomes(OutcomeSink outcomes) {
            this.outcomes = Objects.requireNonNull(outcomes, "outcomes");
            return this;
        }

        @Override
        protected FlagSource newSource(String providerName) {
            return source;
        }

        @Override
        protected @Nullable OutcomeSink newOutcomeSink(String providerName) {
            return outcomes;
        }
    }
}
