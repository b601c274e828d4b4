package dev.agentflags.file;

import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.TrackingListener;
import dev.agentflags.rollout.Controller;
import dev.agentflags.rollout.GuardThread;
import dev.agentflags.source.FlagSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
     * Starts to build a provider.
     *
     * @param path of the flag document; it may be a symbolic link, and need not be there yet
     */
    public static Builder builder(Path path) {
        return new Builder(path);
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
    public static final class Builder {

        private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(10);
        private static final Duration MAX_POLL_INTERVAL = Duration.ofDays(1);

        private final Path path;
        private final List<TrackingListener> trackingListeners = new ArrayList<>();
        private String name;
        private String planAttribute = "plan";
        private Duration initTimeout = Duration.ofSeconds(5);
        private boolean startEmpty;
        private Duration pollInterval = Duration.ofSeconds(1);
        private boolean guard;

        private Builder(Path path) {
            this.path = Objects.requireNonNull(path, "path");
            this.name = "agentflags-file:" + path;
        }

        /**
         * Sets the provider's name; {@code agentflags-file:} and the path unless set. OpenFeature's {@code MultiProvider} keeps
         * only one of several providers of the same name.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Builder name(String name) {
            this.name = notBlank("name", name);
            return this;
        }

        /**
         * Sets the name of the context attribute that holds the user's plan; {@code plan} unless set.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Builder planAttribute(String planAttribute) {
            this.planAttribute = notBlank("planAttribute", planAttribute);
            return this;
        }

        /**
         * Sets how long the SDK's {@code initialize} waits for the first document; 5 seconds unless set. A file that is missing
         * or bad ends the wait before.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder initTimeout(Duration initTimeout) {
            this.initTimeout = between(Duration.ZERO, null, "initTimeout", initTimeout);
            return this;
        }

        /**
         * Starts as STALE, without flags, instead of failing where the file is missing or bad; false unless set. OpenFeature's
         * {@code MultiProvider} shuts down all its members when one of them fails to start.
         */
        public Builder startEmpty(boolean startEmpty) {
            this.startEmpty = startEmpty;
            return this;
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

        /** Adds one who is told of tracked events. */
        public Builder onTrack(TrackingListener listener) {
            trackingListeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Guards the rollouts of this file's flags in this process, as each flag's {@code guard} says: from the outcomes that are
         * tracked through this provider, and through {@link FileFlags#admin} as the actor {@code guard}. What is known is kept in
         * {@link FileGuardStore}; of several processes that follow one file, one guards. Not unless set.
         */
        public Builder guard() {
            this.guard = true;
            return this;
        }

        /** Returns a provider that is not yet started; the SDK does that. */
        public AgentFlagsProvider build() {
            var provider = AgentFlagsProvider.builder(name, FileSource.of(name, path, pollInterval))
                    .planAttribute(planAttribute)
                    .initTimeout(initTimeout)
                    .startEmpty(startEmpty);
            trackingListeners.forEach(provider::onTrack);
            if (guard) {
                provider.outcomes(new GuardThread(
                        name, new Controller(admin(path, "guard"), FileGuardStore.of(path), Clock.systemUTC())));
            }
            return provider.build();
        }

        private static String notBlank(String option, String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException(option + ": expected a name, found an empty string");
            }
            return value;
        }

        private static Duration between(Duration least, @Nullable Duration most, String option, Duration value) {
            if (value.compareTo(least) < 0 || (most != null && value.compareTo(most) > 0)) {
                throw new IllegalArgumentException("%s: expected %s or more%s, found %s"
                        .formatted(option, least, most == null ? "" : ", up to " + most, value));
            }
            return value;
        }
    }
}
