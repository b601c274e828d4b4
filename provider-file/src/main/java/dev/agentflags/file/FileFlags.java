package dev.agentflags.file;

import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.ProviderBuilder;
import dev.agentflags.source.FlagSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * Flags in a file: a provider that follows it, and administration that rewrites it.
 *
 * <pre>{@code
 * OpenFeatureAPI.getInstance().setProviderAndWait(FileFlags.provider(Path.of("flags.json")));
 * FileFlags.admin(Path.of("flags.json"), "alice").kill("new_reasoning_prompt", "answers are wrong");
 * }</pre>
 */
public final class FileFlags {

    private FileFlags() {}

    /**
     * Returns a provider with default options.
     *
     * @param path of the flag document; it may be a symbolic link, and need not be there yet
     */
    public static AgentFlagsProvider provider(Path path) {
        return builder(path).build();
    }

    /**
     * Starts to build a provider. It is named {@code agentflags-file:} and the path unless that is set.
     *
     * @param path of the flag document; it may be a symbolic link, and need not be there yet
     */
    public static Builder builder(Path path) {
        return new Builder(Objects.requireNonNull(path, "path"));
    }

    /**
     * Returns a source of the document in a file, for those who do more with it than to answer OpenFeature clients. It looks at the
     * file once a second where the file system does not tell of a change.
     *
     * @param name what threads and messages are named after
     * @param path of the flag document; it may be a symbolic link, and need not be there yet
     */
    public static FlagSource source(String name, Path path) {
        return FileSource.of(name, path, Duration.ofSeconds(1));
    }

    /**
     * Returns administration of the flags in a file, safe beside others in this process and in others, and beside providers that
     * follow the file.
     *
     * @param path of the flag document; it may be a symbolic link, and must be there when an operation is applied
     * @param actor who is written into the audit trail
     */
    public static FlagAdmin admin(Path path, String actor) {
        return new StoreAdmin(FileStore.of(path), actor, Clock.systemUTC());
    }

    /** Collects options. Not safe for use by many threads. */
    public static final class Builder extends ProviderBuilder<Builder> {

        private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(10);
        private static final Duration MAX_POLL_INTERVAL = Duration.ofDays(1);

        private final Path path;
        private Duration pollInterval = Duration.ofSeconds(1);

        private Builder(Path path) {
            super("agentflags-file:" + path);
            this.path = path;
        }

        /**
         * Sets how long after one look at the file comes the next, where the file system does not tell of a change; 1 second
         * unless set.
         *
         * @throws IllegalArgumentException if shorter than 10 milliseconds or longer than a day
         */
        public Builder pollInterval(Duration pollInterval) {
            this.pollInterval = between(MIN_POLL_INTERVAL, MAX_POLL_INTERVAL, "pollInterval", pollInterval);
            return this;
        }

        @Override
        protected FlagSource newSource(String providerName) {
            return FileSource.of(providerName, path, pollInterval);
        }
    }
}
