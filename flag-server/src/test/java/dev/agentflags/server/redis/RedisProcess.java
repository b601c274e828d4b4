package dev.agentflags.server.redis;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A Redis of a test's own, on a free port and in a directory of its own, that can be frozen, killed and started again. */
public final class RedisProcess implements AutoCloseable {

    private static @Nullable File embedded;

    private final String executable;
    private final List<String> settings;
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    private RedisProcess(String executable, List<String> settings) throws IOException {
        this.executable = executable;
        this.settings = settings;
        this.directory = Files.createTempDirectory("agentflags-redis");
        this.port = freePort();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the Redis that comes with the tests, with append-only persistence. */
    public static RedisProcess start(String... settings) throws IOException {
        return start(embedded().toString(), settings);
    }

    private static synchronized File embedded() throws IOException {
        if (embedded == null) {
            embedded = ExecutableProvider.newJarResourceProvider().get();
        }
        return Objects.requireNonNull(embedded);
    }

    /** Starts the Redis that is installed, with append-only persistence. */
    public static RedisProcess startInstalled(String... settings) throws IOException {
        return start("redis-server", settings);
    }

    private static RedisProcess start(String executable, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of("--appendonly", "yes"));
        all.addAll(List.of(settings));
        var redis = new RedisProcess(executable, all);
        try {
            redis.startAgain();
            return redis;
        } catch (IOException e) {
            redis.close();
            throw e;
        }
    }

    /** Starts it again, with whatever is in its directory. */
    void startAgain() throws IOException {
        List<String> command = new ArrayList<>(List.of(executable, "--port", "" + port, "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString(), "--save", "", "--daemonize", "no"));
        command.addAll(settings);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        awaitAnswer();
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (Jedis jedis = jedis()) {
                jedis.ping();
                return;
            } catch (JedisAccessControlException e) {
                return; // it wants a password
            } catch (JedisException e) {
                if (System.nanoTime() > end || !running().isAlive()) {
                    throw new IOException(Files.readString(directory.resolve("log")), e);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        }
    }

    boolean isRunning() {
        return running().isAlive();
    }

    /** Whether a replica has what its primary has. */
    boolean isReplicating() {
        try (Jedis jedis = jedis()) {
            return jedis.info("replication").contains("master_link_status:up");
        }
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }

    /** Returns a connection past everything that is tested. */
    Jedis jedis() {
        return new Jedis("127.0.0.1", port);
    }

    /** Forgets everything. */
    public void empty() {
        try (Jedis jedis = jedis()) {
            jedis.flushAll();
        }
    }

    public int port() {
        return port;
    }

    public String url(String flagSet) {
        return "redis://127.0.0.1:" + port + "?flag_set=" + flagSet;
    }

    /** Ends it as a failing machine would. */
    void kill() {
        end("KILL");
    }

    private void end(String signal) {
        signal(signal);
        try {
            running().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets it hang: connections stay open, nothing is answered. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + running().pid()).start().waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        end("KILL");
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
