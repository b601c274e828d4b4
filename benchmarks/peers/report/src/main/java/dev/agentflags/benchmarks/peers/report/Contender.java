package dev.agentflags.benchmarks.peers.report;

import java.util.List;

/**
 * One row of the comparison.
 *
 * @param name as the harness knows it
 * @param title as people know it
 * @param module where it lives, which has its class path
 * @param artifact whose version is told
 * @param way how it is asked
 * @param followsFile whether it is measured over a file that changes
 */
record Contender(String name, String title, String module, String artifact, Way way, boolean followsFile) {

    static final Contender NOOP =
            new Contender("noop", "OpenFeature SDK, no-op provider", "openfeature", "sdk", Way.LEAST, false);
    static final Contender BY_HAND =
            new Contender("by-hand", "the same decision written by hand", "openfeature", "sdk", Way.LEAST, false);
    static final Contender OURS = new Contender(
            "agentflags-file", "Agent Flags, file", "agentflags", "agentflags-provider-file", Way.CLIENT, true);

    static final Contender REMOTE = new Contender(
            "agentflags-remote",
            "Agent Flags, remote",
            "agentflags-remote",
            "agentflags-provider-remote",
            Way.CLIENT,
            false);

    /** All of them, in the order in which they are run. */
    static final List<Contender> ALL = List.of(
            NOOP,
            BY_HAND,
            OURS,
            REMOTE,
            new Contender("flagd", "flagd in process, file", "flagd", "flagd", Way.CLIENT, true),
            new Contender(
                    "configcat-openfeature",
                    "ConfigCat's OpenFeature provider",
                    "configcat-openfeature",
                    "configcat",
                    Way.CLIENT,
                    false),
            new Contender(
                    "unleash-openfeature",
                    "Unleash's OpenFeature provider",
                    "unleash-openfeature",
                    "unleash",
                    Way.CLIENT,
                    false),
            new Contender(
                    "launchdarkly",
                    "LaunchDarkly server SDK",
                    "launchdarkly",
                    "launchdarkly-java-server-sdk",
                    Way.OWN_API,
                    true),
            new Contender("togglz", "Togglz", "togglz", "togglz-core", Way.OWN_API, false),
            new Contender("configcat", "ConfigCat", "configcat", "configcat-java-client", Way.OWN_API, false),
            new Contender("unleash", "Unleash", "unleash", "unleash-client-java", Way.OWN_API, false),
            new Contender("growthbook", "GrowthBook", "growthbook", "GrowthBook-jvm", Way.OWN_API, false));

    /** How a contender is asked. */
    enum Way {
        /** Through the client, where nobody is asked, or no more than the bare decision: what it costs everybody. */
        LEAST("OpenFeature client"),
        /** Through the OpenFeature client. */
        CLIENT("OpenFeature client"),
        /** By its own API, so without what the client costs. */
        OWN_API("own API");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    boolean isOurs() {
        return equals(OURS) || equals(REMOTE);
    }

    /** Whether bars hold ours close against it, or it against others. */
    boolean isInBars() {
        return way == Way.LEAST || isOurs();
    }

    /** Whether it looks for changes of its file only every few seconds. */
    boolean polls() {
        return name.equals("flagd");
    }

    static Contender named(String name) {
        return ALL.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a contender, found " + name));
    }
}
