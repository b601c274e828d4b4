package dev.agentflags.remote;

import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.openfeature.ProviderBuilder;
import dev.agentflags.remote.follow.DocumentCache;
import dev.agentflags.remote.follow.RemoteSource;
import dev.agentflags.remote.follow.Timing;
import dev.agentflags.remote.http.Address;
import dev.agentflags.remote.http.Exchange;
import dev.agentflags.remote.http.HttpOptions;
import dev.agentflags.remote.http.HttpOrigin;
import dev.agentflags.remote.http.Token;
import dev.agentflags.source.FlagSource;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the options of a provider of flags behind HTTP, or of their administration. Not safe for use by many threads. */
public final class RemoteBuilder extends ProviderBuilder<RemoteBuilder> {

    private static final Duration MIN_POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_POLL_INTERVAL = Duration.ofDays(1);
    private static final Duration MAX_STALE = Duration.ofDays(365);

    /** In poll intervals. */
    private static final int STALE_AFTER_POLLS = 3;

    private final Address address;
    private @Nullable Token token;
    private boolean allowInsecureHttp;
    private boolean refusePrivateAddresses;
    private boolean followSameOriginRedirects;
    private @Nullable Path certificateAuthority;
    private @Nullable InetSocketAddress proxy;
    private boolean push = true;
    private Duration pollInterval = Timing.DEFAULT.poll();
    private @Nullable Duration staleAfter;
    private OnStale onStale = OnStale.KEEP;
    private @Nullable Duration maxStale;
    private @Nullable Path cacheDirectory;

    RemoteBuilder(String url) {
        this(Address.of(url));
    }

    private RemoteBuilder(Address address) {
        super("agentflags-remote:" + address);
        this.address = address;
    }

    /**
     * Sets the token that is sent with each request; none unless set.
     *
     * @throws IllegalArgumentException if it is empty, or has other characters than visible ASCII
     */
    public RemoteBuilder token(String token) {
        this.token = Token.of(token);
        return this;
    }

    /**
     * Sets who gives the token that is sent with each request; none unless set. It is asked each time, so that a token may be
     * replaced while the provider runs.
     */
    public RemoteBuilder token(Supplier<String> token) {
        this.token = Token.from(Objects.requireNonNull(token, "token"));
        return this;
    }

    /**
     * Sets the file that has the token that is sent with each request; none unless set. It is read each time, so that a token may be
     * replaced while the provider runs.
     */
    public RemoteBuilder tokenFile(Path file) {
        this.token = Token.in(Objects.requireNonNull(file, "tokenFile"));
        return this;
    }

    /** Allows {@code http} to another machine than this one, where token and flags can be read on the way; false unless set. */
    public RemoteBuilder allowInsecureHttp(boolean allow) {
        this.allowInsecureHttp = allow;
        return this;
    }

    /**
     * Refuses to connect to addresses that are not public, whatever name stands for them; false unless set. For those who take the
     * URL from somebody else. Through a proxy, it is the proxy that resolves names.
     */
    public RemoteBuilder refusePrivateAddresses(boolean refuse) {
        this.refusePrivateAddresses = refuse;
        return this;
    }

    /** Follows redirections to the same scheme, host and port; false unless set. Others are never followed. */
    public RemoteBuilder followSameOriginRedirects(boolean follow) {
        this.followSameOriginRedirects = follow;
        return this;
    }

    /** Sets a file of certificates (PEM) that are trusted instead of those that Java trusts. It is read when the provider is built. */
    public RemoteBuilder certificateAuthority(Path pem) {
        this.certificateAuthority = Objects.requireNonNull(pem, "certificateAuthority");
        return this;
    }

    /** Sets an HTTP proxy; unless set, it is the one that Java's system properties name. */
    public RemoteBuilder proxy(InetSocketAddress proxy) {
        this.proxy = Objects.requireNonNull(proxy, "proxy");
        return this;
    }

    /** Listens for changes where the server tells of them; true unless set. Otherwise it is only asked at intervals. */
    public RemoteBuilder push(boolean push) {
        this.push = push;
        return this;
    }

    /**
     * Sets how long after one answer the server is asked again, where it does not tell of changes; 10 seconds unless set, each time
     * up to a fifth more or less.
     *
     * @throws IllegalArgumentException if shorter than a second or longer than a day
     */
    public RemoteBuilder pollInterval(Duration pollInterval) {
        this.pollInterval = between(MIN_POLL_INTERVAL, MAX_POLL_INTERVAL, "pollInterval", pollInterval);
        return this;
    }

    /**
     * Sets how long after its last confirmation the document is said to be stale; unless set, 45 seconds, or three poll intervals
     * where that is longer.
     *
     * @throws IllegalArgumentException if not longer than the server's heartbeat times two and a half (37.5 seconds) and the first
     *     three retries, or longer than a year
     */
    public RemoteBuilder staleAfter(Duration staleAfter) {
        Timing timing = Timing.DEFAULT;
        Duration least =
                timing.silence().compareTo(timing.firstRetries()) > 0 ? timing.silence() : timing.firstRetries();
        this.staleAfter = between(least.plusMillis(1), MAX_STALE, "staleAfter", staleAfter);
        return this;
    }

    /**
     * Sets what becomes of the flags when the document has not been confirmed for {@link #maxStale}; {@link OnStale#KEEP} unless
     * set.
     */
    public RemoteBuilder onStale(OnStale onStale) {
        this.onStale = Objects.requireNonNull(onStale, "onStale");
        return this;
    }

    /**
     * Sets after how long without confirmation {@link OnStale#KILL} kills every flag; from the start on where there never was one.
     *
     * @throws IllegalArgumentException if shorter than a second or longer than a year
     */
    public RemoteBuilder maxStale(Duration maxStale) {
        this.maxStale = between(Duration.ofSeconds(1), MAX_STALE, "maxStale", maxStale);
        return this;
    }

    /**
     * Sets a directory where the last good document is kept, for a process that starts while the server is down; none unless set.
     * Many processes may share it, and it need not be there yet.
     */
    public RemoteBuilder cacheDirectory(Path directory) {
        this.cacheDirectory = Objects.requireNonNull(directory, "cacheDirectory");
        return this;
    }

    /**
     * Returns administration of the flags through a flag server.
     *
     * @param actor who is written into the audit trail, beside the token's name
     * @throws IllegalArgumentException if options contradict each other
     */
    public FlagAdmin admin(String actor) {
        return new RemoteFlagAdmin(new Exchange(http()), actor);
    }

    @Override
    protected FlagSource newSource(String providerName) {
        Timing timing = timing();
        var origin = new HttpOrigin(http(), push, timing.silence());
        var cache = cacheDirectory == null ? null : new DocumentCache(cacheDirectory, address.document());
        return new RemoteSource(providerName, address.toString(), origin, timing, cache);
    }

    private Timing timing() {
        Duration stale = staleAfter == null
                ? longer(Timing.DEFAULT.staleAfter(), pollInterval.multipliedBy(STALE_AFTER_POLLS))
                : staleAfter;
        if (stale.compareTo(pollInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("staleAfter: expected twice the pollInterval (%s) or more, found %s"
                    .formatted(pollInterval, stale));
        }
        if ((onStale == OnStale.KILL) != (maxStale != null)) {
            throw new IllegalArgumentException("onStale, maxStale: expected KILL and a duration, or neither, found "
                    + onStale + " and " + maxStale);
        }
        if (maxStale != null && maxStale.compareTo(stale) < 0) {
            throw new IllegalArgumentException(
                    "maxStale: expected staleAfter (%s) or more, found %s".formatted(stale, maxStale));
        }
        return Timing.DEFAULT.with(pollInterval, stale, maxStale);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private HttpOptions http() {
        return new HttpOptions(
                address,
                token,
                allowInsecureHttp,
                refusePrivateAddresses,
                followSameOriginRedirects,
                certificateAuthority,
                proxy);
    }
}
