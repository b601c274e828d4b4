package dev.agentflags.benchmarks.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A flag server in a process of its own. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:\\d+");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern OBJECTS = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern BUFFERS = Pattern.compile("Other \\(reserved=(\\d+)KB");

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
                        "-XX:NativeMemoryTracking=summary",
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

    /**
     * What the server needs.
     *
     * @param used by objects that are in use, and by buffers outside of the heap
     * @param resident of the whole process
     */
    record Memory(long used, long resident) {}

    /** Returns what the server needs after a garbage collection; Linux only. */
    Memory memory() throws IOException, InterruptedException {
        String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        long objects = find(OBJECTS, ask("GC.class_histogram")); // collects garbage first
        long buffers = find(BUFFERS, ask("VM.native_memory", "summary", "scale=KB")) * 1024;
        return new Memory(objects + buffers, find(RESIDENT, status) * 1024);
    }

    private String ask(String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java("jcmd"), Long.toString(process.pid())));
        command.addAll(List.of(question));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return answer;
    }

    private static long find(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
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
