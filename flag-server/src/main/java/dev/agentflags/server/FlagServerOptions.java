package dev.agentflags.server;

import dev.agentflags.server.store.FlagStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a flag server serves, where, and to whom. Immutable. */
public final class FlagServerOptions {

    /** The port unless set. */
    public static final int DEFAULT_PORT = 8016;

    /** The address unless set: only for those on the same machine. */
    public static final String LOOPBACK = "127.0.0.1";

    final FlagStore store;
    final String host;
    final int port;
    final @Nullable Path tokens;
    final @Nullable Path tlsCertificate;
    final @Nullable Path tlsKey;
    final boolean insecureHttp;
    final boolean openMetrics;
    final Set<String> allowedHosts;
    final Set<String> allowedOrigins;
    final @Nullable Path alerts;
    final String planAttribute;
    final Duration drillPatience;
    final int maxStreams;
    final int maxStreamsPerToken;
    final Duration rehearsal;
    final Duration heartbeat;
    final Duration requestTimeout;
    final Clock clock;

    private FlagServerOptions(Builder builder) {
        store = builder.store;
        host = builder.host;
        port = builder.port;
        tokens = builder.tokens;
        tlsCertificate = builder.tlsCertificate;
        tlsKey = builder.tlsKey;
        insecureHttp = builder.insecureHttp;
        openMetrics = builder.openMetrics;
        allowedHosts = Set.copyOf(builder.allowedHosts);
        allowedOrigins = Set.copyOf(builder.allowedOrigins);
        alerts = builder.alerts;
        planAttribute = builder.planAttribute;
        drillPatience = builder.drillPatience;
        maxStreams = builder.maxStreams;
        maxStreamsPerToken = builder.maxStreamsPerToken;
        rehearsal = builder.rehearsal;
        heartbeat = builder.heartbeat;
        requestTimeout = builder.requestTimeout;
        clock = builder.clock;
    }

    /** Starts to collect options. */
    public static Builder builder(FlagStore store) {
        return new Builder(store);
    }

    boolean hasTls() {
        return tlsCertificate != null;
    }

    /** Collects options. Not safe for use by many threads. */
    public static final class Builder {

        private final FlagStore store;
        private String host = LOOPBACK;
        private int port = DEFAULT_PORT;
        private @Nullable Path tokens;
        private @Nullable Path tlsCertificate;
        private @Nullable Path tlsKey;
        private boolean insecureHttp;
        private boolean openMetrics;
        private final Set<String> allowedHosts = new LinkedHashSet<>();
        private final Set<String> allowedOrigins = new LinkedHashSet<>();
        private @Nullable Path alerts;
        private String planAttribute = "plan";
        private Duration drillPatience = Duration.ofSeconds(5);
        private int maxStreams = 10_000;
        private int maxStreamsPerToken = 9_000;
        private Duration rehearsal = Duration.ZERO;
        private Duration heartbeat = Duration.ofSeconds(15);
        private Duration requestTimeout = Duration.ofSeconds(10);
        private Clock clock = Clock.systemUTC();

        private Builder(FlagStore store) {
            this.store = store;
        }

        /** Sets the address to listen at; {@link #LOOPBACK} unless set. Another one takes tokens and TLS. */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /**
         * Sets the port; {@link #DEFAULT_PORT} unless set, and any that is free where it is 0.
         *
         * @throws IllegalArgumentException if it is none
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port: expected 0 to 65535, found " + port);
            }
            this.port = port;
            return this;
        }

        /** Sets the file of tokens, without which everybody may do everything. It is read again when it changes. */
        public Builder tokens(Path tokens) {
            this.tokens = tokens;
            return this;
        }

        /** Sets the files, in PEM, of certificate chain and private key. They are read again when they change. */
        public Builder tls(Path certificate, Path key) {
            this.tlsCertificate = certificate;
            this.tlsKey = key;
            return this;
        }

        /** Allows an address other than the loopback without TLS, for where something in front of this server has it. */
        public Builder insecureHttp(boolean insecureHttp) {
            this.insecureHttp = insecureHttp;
            return this;
        }

        /** Lets everybody read the metrics, without a token. */
        public Builder openMetrics(boolean openMetrics) {
            this.openMetrics = openMetrics;
            return this;
        }

        /** Adds a name that requests may be sent to, without a port. */
        public Builder allowHost(String host) {
            allowedHosts.add(host.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Sets how many streams may be open; 10,000, and 9,000 with one token, unless set.
         *
         * @throws IllegalArgumentException if one of the two is less than 1
         */
        public Builder maxStreams(int all, int perToken) {
            if (all < 1 || perToken < 1) {
                throw new IllegalArgumentException("maxStreams: expected 1 or more, found " + all + " and " + perToken);
            }
            this.maxStreams = all;
            this.maxStreamsPerToken = perToken;
            return this;
        }

        /**
         * Adds a site whose pages may evaluate flags.
         *
         * @param origin as browsers have it, such as {@code https://app.example.com}
         * @throws IllegalArgumentException if it is none
         */
        public Builder allowOrigin(String origin) {
            if (!origin.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
                throw new IllegalArgumentException(
                        "allowOrigin: expected an origin such as https://app.example.com, found " + origin);
            }
            allowedOrigins.add(origin.toLowerCase(Locale.ROOT));
            return this;
        }

        /** Sets the file of those who may send alerts. It is read again when it changes. */
        public Builder alerts(Path alerts) {
            this.alerts = alerts;
            return this;
        }

        /** Sets the name of the attribute that holds the plan, for those who evaluate here; {@code plan} unless set. */
        public Builder planAttribute(String planAttribute) {
            this.planAttribute = planAttribute;
            return this;
        }

        /**
         * Sets for how long, after the start, kills are rehearsed in memory and beside all else, so that the first real one is as fast as
         * the hundredth; not at all unless set.
         */
        public Builder rehearse(Duration rehearsal) {
            this.rehearsal = rehearsal;
            return this;
        }

        /** Sets how long a provider may take in a drill; 5 seconds unless set. */
        Builder drillPatience(Duration drillPatience) {
            this.drillPatience = drillPatience;
            return this;
        }

        /** Sets how often streams show that they are alive; 15 seconds unless set. */
        Builder heartbeat(Duration heartbeat) {
            this.heartbeat = heartbeat;
            return this;
        }

        /** Sets how long a request may take to come along; 10 seconds unless set. */
        Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = requestTimeout;
            return this;
        }

        /** Sets what the time is. */
        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Returns the options. */
        public FlagServerOptions build() {
            return new FlagServerOptions(this);
        }
    }
}
