package dev.agentflags.benchmarks.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A flag server in a process of its own. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:\\d+");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;
    private final URI address;

    private ServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a server of a document, on a port that is free. */
    static ServerProcess start(Path document) throws IOException {
        Process process = new ProcessBuilder(
                        java("java"),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.agentflags.cli.Main",
                        "serve",
                        "--store",
                        "file:" + document,
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                drain(output);
                return new ServerProcess(process, URI.create(matcher.group()));
            }
        }
        throw new IOException("the server did not start: " + said);
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static void drain(BufferedReader output) {
        var thread = new Thread(() -> output.lines().forEach(line -> {}), "server-output");
        thread.setDaemon(true);
        thread.start();
    }

    URI address() {
        return address;
    }

    /** Returns how many bytes are resident after a garbage collection; Linux only. */
    long residentBytes() throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder(List.of(java("jcmd"), pid, "GC.run"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc", pid, "status")));
        if (!matcher.find()) {
            throw new IOException("no VmRSS of process " + pid);
        }
        return Long.parseLong(matcher.group(1)) * 1024;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
