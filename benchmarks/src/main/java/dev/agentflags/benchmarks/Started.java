package dev.agentflags.benchmarks;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import org.jspecify.annotations.Nullable;

/** What a benchmark has once it is set up. */
final class Started {

    /** For what a large ruleset leaves behind while it is read, so that its collection is not measured as evaluation. */
    static final String ROOM = "-Xms1g";

    /** No more than that, so that what is given to new objects stays as it is. */
    static final String LIMIT = "-Xmx1g";

    /** For new objects: little enough to stay in the caches, since to go through memory is not what is measured. */
    static final String NEW = "-Xmn64m";

    /** Nor is the first use of each page of memory. */
    static final String TOUCHED = "-XX:+AlwaysPreTouch";

    private Started() {}

    /** Returns the client of a provider of one document, which was seen to answer for one flag. */
    static Client client(OpenFeatureAPI api, String document, String key) {
        api.setProviderAndWait(AgentFlagsProvider.builder("measured", new FixedSource(document))
                .build());
        Client client = api.getClient();
        var answer = client.getBooleanDetails(key, false, new ImmutableContext("user-0"));
        if (answer.getErrorCode() != null) {
            throw new IllegalStateException("expected an answer for " + key + ", found " + answer.getErrorMessage());
        }
        System.gc();
        return client;
    }

    static <T> T of(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("expected what is set up first");
        }
        return part;
    }
}
