package dev.agentflags.server.redis;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.server.store.FlagStore;
import dev.agentflags.source.FlagSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A document on Redis or Valkey, which any number of servers may serve and change. Safe for use by many threads. */
public final class RedisFlagStore implements FlagStore, AutoCloseable {

    private final RedisOptions options;
    private final RedisFlags flags;

    private RedisFlagStore(RedisOptions options, RedisFlags flags) {
        this.options = options;
        this.flags = flags;
    }

    /**
     * Opens the store.
     *
     * @throws IOException if Redis cannot be reached, does not keep what is written or has no document, and the options do not
     *     allow that
     */
    public static RedisFlagStore open(RedisOptions options) throws IOException {
        return new RedisFlagStore(options, RedisFlags.open(options));
    }

    @Override
    public String name() {
        return options.toString();
    }

    @Override
    public DocumentStore documents() {
        return flags.store();
    }

    @Override
    public FlagSource changes() {
        return flags.source("agentflags-server");
    }

    @Override
    public String keepAside(String text) throws IOException {
        return flags.keepAside(text);
    }

    @Override
    public @Nullable Long replicated() {
        return flags.replicated();
    }

    @Override
    public AuditCheck checkAudit() throws IOException {
        return flags.checkAudit();
    }

    /** Closes the connections; to be called after the server was closed. */
    @Override
    public void close() {
        flags.close();
    }
}
