package dev.agentflags.remote;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.program.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real nginx with a directory and a port of its own. */
final class Nginx implements AutoCloseable {

    final int port;
    private final Path prefix;
    private final Process process;

    private Nginx(Path program, Path prefix, String location) throws IOException {
        this.prefix = prefix;
        this.port = freePort();
        for (String directory : new String[] {"html", "temp", "logs"}) {
            Files.createDirectories(prefix.resolve(directory));
        }
        Files.writeString(prefix.resolve("nginx.conf"), configuration(location));
        this.process = new ProcessBuilder(
                        program.toString(),
                        "-p",
                        prefix.toString(),
                        "-c",
                        prefix.resolve("nginx.conf").toString(),
                        "-e",
                        prefix.resolve("logs/error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(prefix.resolve("logs/output").toFile())
                .start();
        Eventually.until(this::isUp);
    }

    /**
     * Starts one.
     *
     * @param location what its configuration says of everything that is asked for
     */
    static Nginx start(Path prefix, String location) throws IOException {
        return new Nginx(Programs.path("nginx"), prefix, location);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String configuration(String location) {
        return """
                daemon off;
                master_process off;
                pid logs/pid;
                events {}
                http {
                  access_log off;
                  types { application/json json; }
                  client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
                  uwsgi_temp_path temp/4; scgi_temp_path temp/5;
                  server { listen 127.0.0.1:%d; location / { %s } }
                }
                """.formatted(port, location);
    }

    private boolean isUp() {
        if (!process.isAlive()) {
            throw new AssertionError("nginx ended with " + process.exitValue() + ", see " + prefix.resolve("logs"));
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/flags.json";
    }

    Path document() {
        return prefix.resolve("html/flags.json");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
