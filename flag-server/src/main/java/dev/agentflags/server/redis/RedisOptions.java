package dev.agentflags.server.redis;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** Where a document is kept on Redis or Valkey, and what is asked of it. Immutable; never prints the password. */
public final class RedisOptions {

    private static final Pattern FLAG_SET = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int DEFAULT_PORT = 6379;
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;

    private final HostAndPort address;
    private final boolean tls;
    private final int database;
    private final @Nullable String user;
    private final @Nullable Supplier<String> password;
    private final String flagSet;
    private final int replicas;
    private final boolean allowVolatile;
    private final @Nullable String seed;

    private RedisOptions(Builder builder) {
        this.address = builder.address;
        this.tls = builder.tls;
        this.database = builder.database;
        this.user = builder.user;
        this.password = builder.password;
        this.flagSet = builder.flagSet;
        this.replicas = builder.replicas;
        this.allowVolatile = builder.allowVolatile;
        this.seed = builder.seed;
    }

    /**
     * Starts from a URL.
     *
     * @param url {@code redis://user:password@host:port/database?flag_set=name&replicas=1}, or {@code rediss:} for TLS; all but
     *     the host may be left out
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    public static Builder builder(String url) {
        return new Builder(url);
    }

    HostAndPort address() {
        return address;
    }

    String flagSet() {
        return flagSet;
    }

    /** Returns how many replicas are to have a kill before it is reported done; they are waited for, but not for long. */
    int replicas() {
        return replicas;
    }

    boolean allowVolatile() {
        return allowVolatile;
    }

    /** Returns the document to begin with where there is none, or null. */
    @Nullable
    String seed() {
        return seed;
    }

    /**
     * Returns how to connect.
     *
     * @param blockingMillis how long Redis may let a command wait that waits for something to happen
     */
    JedisClientConfig clientConfig(int blockingMillis) {
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(CONNECT_TIMEOUT_MILLIS)
                .socketTimeoutMillis(ANSWER_TIMEOUT_MILLIS)
                .blockingSocketTimeoutMillis(blockingMillis + ANSWER_TIMEOUT_MILLIS / 2)
                .database(database)
                .clientName("agentflags")
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (tls) {
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        Supplier<String> secret = password;
        if (secret != null) {
            config.credentialsProvider(() -> new DefaultRedisCredentials(user, secret.get()));
        }
        return config.build();
    }

    /** Says where it is, without the password. */
    @Override
    public String toString() {
        return "%s://%s/%d?flag_set=%s".formatted(tls ? "rediss" : "redis", address, database, flagSet);
    }

    /** Collects options. Not safe for use by many threads. */
    public static final class Builder {

        private static final int MAX_REPLICAS = 16;

        private final HostAndPort address;
        private final boolean tls;
        private final int database;
        private final @Nullable String user;
        private final String flagSet;
        private final int replicas;
        private @Nullable Supplier<String> password;
        private boolean allowVolatile;
        private @Nullable String seed;

        private Builder(String url) {
            URI uri = uri(url);
            Map<String, String> query = query(uri.getRawQuery());
            this.address = new HostAndPort(uri.getHost(), uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort());
            this.tls = uri.getScheme().equals("rediss");
            this.database = number("the database", uri.getPath().replaceFirst("^/", ""), 0, Integer.MAX_VALUE);
            String[] userInfo =
                    Objects.requireNonNullElse(uri.getRawUserInfo(), "").split(":", 2);
            this.user = userInfo[0].isEmpty() ? null : decode(userInfo[0]);
            String secret = userInfo.length < 2 ? null : decode(userInfo[1]);
            this.password = secret == null ? null : () -> secret;
            this.flagSet = flagSet(query.remove("flag_set"));
            this.replicas = number("replicas", query.remove("replicas"), 0, MAX_REPLICAS);
            if (!query.isEmpty()) {
                throw new IllegalArgumentException(
                        "store: expected parameters flag_set and replicas only, found " + query.keySet());
            }
        }

        private static URI uri(String url) {
            URI uri;
            try {
                uri = new URI(url);
            } catch (URISyntaxException e) {
                uri = null; // whose message would show the password
            }
            if (uri == null
                    || uri.getHost() == null
                    || !("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))) {
                throw new IllegalArgumentException(
                        "store: expected redis://user:password@host:port/database?flag_set=name, or rediss:, found"
                                + " something else (not shown, since it may contain a password)");
            }
            return uri;
        }

        private static Map<String, String> query(@Nullable String raw) {
            Map<String, String> query = new TreeMap<>();
            for (String part : Objects.requireNonNullElse(raw, "").split("&", -1)) {
                String[] pair = part.split("=", 2);
                if (!pair[0].isEmpty()) {
                    query.put(decode(pair[0]), pair.length < 2 ? "" : decode(pair[1]));
                }
            }
            return query;
        }

        private static String decode(String raw) {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        private static int number(String what, @Nullable String text, int least, int most) {
            if (text == null || text.isEmpty()) {
                return 0;
            }
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new IllegalArgumentException(
                    "store: %s: expected %d to %d, found %s".formatted(what, least, most, text));
        }

        private static String flagSet(@Nullable String name) {
            if (name == null) {
                return "agentflags";
            }
            if (!FLAG_SET.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "store: flag_set: expected " + FLAG_SET + ", found \"" + name + "\"");
            }
            return name;
        }

        /** Sets the password, instead of the URL's. */
        public Builder password(String password) {
            this.password = () -> password;
            return this;
        }

        /** Reads the password from a file at each connection, instead of the URL's, so that it can be changed while we run. */
        public Builder passwordFile(Path file) {
            this.password = () -> {
                try {
                    return Files.readString(file).strip();
                } catch (IOException e) {
                    throw new IllegalStateException("the password file " + file + " cannot be read", e);
                }
            };
            return this;
        }

        /** Sets whether a Redis will do that forgets what was written when it stops; not unless set. */
        public Builder allowVolatile(boolean allowVolatile) {
            this.allowVolatile = allowVolatile;
            return this;
        }

        /**
         * Sets the document to begin with where Redis has none. Unless set, such a Redis is refused: it may have lost the one it
         * had, with the kills in it.
         *
         * @param seed the text of a document without errors; it is given a lineage and a serial if it has none
         */
        public Builder seed(@Nullable String seed) {
            this.seed = seed;
            return this;
        }

        /** Returns the options. */
        public RedisOptions build() {
            return new RedisOptions(this);
        }
    }
}
