package dev.agentflags.benchmarks.peers;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.util.List;
import java.util.function.Function;

/** The answers of a provider through the OpenFeature client, to contexts that were made before. */
public final class ClientAnswers implements Answers, FilePeer.Following {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client;
    private final List<EvaluationContext> contexts;

    /** Starts the provider and waits until it is ready. Users are targeting keys. */
    public ClientAnswers(FeatureProvider provider) {
        this(provider, ImmutableContext::new);
    }

    /**
     * Starts the provider and waits until it is ready.
     *
     * @param context what a user of this name is to the provider
     */
    public ClientAnswers(FeatureProvider provider, Function<String, EvaluationContext> context) {
        this.contexts = Flags.users(user -> context.apply(Flags.user(user)));
        api.setProviderAndWait(provider);
        this.client = api.getClient();
    }

    @Override
    public boolean rollout(int user) {
        return client.getBooleanValue(Flags.ROLLOUT, false, contexts.get(user));
    }

    @Override
    public boolean listed(int user) {
        return client.getBooleanValue(Flags.LISTED, false, contexts.get(user));
    }

    @Override
    public boolean changing() {
        return client.getBooleanValue(Flags.CHANGING, false, contexts.get(0));
    }

    @Override
    public void close() {
        api.shutdown();
    }
}
