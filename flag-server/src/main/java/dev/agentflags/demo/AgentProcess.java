package dev.agentflags.demo;

import dev.agentflags.demo.Report.Changed;
import dev.agentflags.demo.Report.Turns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A simulated agent, seen from the process that started it. Safe for use by many threads. */
final class AgentProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Map<Long, Long> changes = new ConcurrentHashMap<>();
    private volatile Turns turns = Turns.NONE;

    private AgentProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts an agent.
     *
     * @param number that no other agent has
     */
    static AgentProcess start(int number, URI server) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatedAgent.class.getName(),
                        server.toString(),
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var agent = new AgentProcess("agent-" + number, process);
        var reader = new Thread(agent::read, agent.name + "-output");
        reader.setDaemon(true);
        reader.start();
        return agent;
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(Report.of(line));
            }
        } catch (IOException e) {
            // the process has ended
        }
    }

    private void note(@Nullable Report report) {
        if (report instanceof Report.Ready) {
            ready.countDown();
        } else if (report instanceof Changed changed) {
            changes.put(changed.serial(), changed.micros());
        } else if (report instanceof Turns done) {
            turns = done;
        }
    }

    String name() {
        return name;
    }

    /** Whether it began to work in that time. */
    boolean awaitReady(Duration patience) throws InterruptedException {
        return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when a document of this serial came into force, as {@link Report#now} has it; null if it has not yet. */
    @Nullable
    Long inForceSince(long serial) {
        return changes.get(serial);
    }

    /** Returns what it has done so far. */
    Turns turns() {
        return turns;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
