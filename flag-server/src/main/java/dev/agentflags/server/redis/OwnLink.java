package dev.agentflags.server.redis;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** A link of one thread over one connection, which another thread may cut at any time. */
final class OwnLink extends Link {

    private final HostAndPort address;
    private final JedisClientConfig config;
    private @Nullable Jedis jedis;
    private boolean closed;

    OwnLink(String name, HostAndPort address, JedisClientConfig config) {
        super(name);
        this.address = address;
        this.config = config;
    }

    @Override
    <T> T attempt(Function<Jedis, T> commands) {
        return commands.apply(connection());
    }

    /** Connects without the lock, or else a host that does not answer would keep {@link #close} waiting. */
    private Jedis connection() {
        synchronized (this) {
            if (jedis != null) {
                return jedis;
            }
        }
        var fresh = new Jedis(address, config);
        synchronized (this) {
            if (closed) {
                fresh.close();
                throw new JedisConnectionException("closed");
            }
            jedis = fresh;
        }
        return fresh;
    }

    @Override
    synchronized void renew() {
        if (jedis != null) {
            cut(jedis);
            jedis = null;
        }
    }

    /** Without a farewell, which would wait for a Redis that hangs. */
    private static void cut(Jedis jedis) {
        try {
            jedis.getConnection().forceDisconnect();
        } catch (IOException | JedisException e) {
            // it is gone, which is what was wanted
        }
    }

    /** Cuts the connection, under a command that waits if need be. */
    @Override
    public synchronized void close() {
        closed = true;
        renew();
    }
}
