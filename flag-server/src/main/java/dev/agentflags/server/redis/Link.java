package dev.agentflags.server.redis;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** A way to Redis. */
abstract class Link implements AutoCloseable {

    private final String name;

    /**
     * Makes a link.
     *
     * @param name of the store in messages, without a password
     */
    Link(String name) {
        this.name = name;
    }

    /**
     * Runs commands on one connection. Where the connection turns out to be dead, for instance because Redis was restarted, they
     * are run once more on a new one; so they must be such that running them twice does no harm.
     *
     * @throws IOException if Redis cannot be reached or answers with an error
     */
    final <T> T call(Function<Jedis, T> commands) throws IOException {
        try {
            return attempt(commands);
        } catch (JedisConnectionException e) {
            renew();
            if (isTimeout(e)) {
                throw failed(e); // it hangs, and would hang again
            }
        } catch (JedisException e) {
            renew(); // a replica that was the primary before, or one that is still loading, is not asked again
            throw failed(e);
        }
        try {
            return attempt(commands);
        } catch (JedisException e) {
            renew();
            throw failed(e);
        }
    }

    private static boolean isTimeout(JedisConnectionException e) {
        return e.getCause() instanceof SocketTimeoutException;
    }

    private IOException failed(JedisException e) {
        Throwable cause = e.getCause();
        String detail = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new IOException(name + ": " + e.getMessage() + detail, e);
    }

    /** Runs commands on a connection, or throws what the client throws. */
    abstract <T> T attempt(Function<Jedis, T> commands);

    /** Gives up all connections that are open and idle. */
    abstract void renew();

    @Override
    public abstract void close();
}
