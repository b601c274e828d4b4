package dev.agentflags.server.redis;

import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;

/** A link over a few connections, which are opened when they are needed. Safe for use by many threads. */
final class PooledLink extends Link {

    private static final int MAX_CONNECTIONS = 8;

    private final RedisClient client;

    PooledLink(String name, HostAndPort address, JedisClientConfig config) {
        super(name);
        var pool = new GenericObjectPoolConfig<Connection>();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setJmxEnabled(false);
        this.client = RedisClient.builder()
                .hostAndPort(address)
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    @Override
    @SuppressWarnings("resource") // closing the connection returns it to the pool, which is what closes it
    <T> T attempt(Function<Jedis, T> commands) {
        try (Connection connection = client.getPool().getResource()) {
            return commands.apply(new Jedis(connection));
        }
    }

    @Override
    void renew() {
        client.getPool().clear();
    }

    @Override
    public void close() {
        client.close();
    }
}
