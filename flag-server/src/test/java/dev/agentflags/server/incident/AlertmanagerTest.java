package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.program.WithPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus and a real Alertmanager, configured as the page on operations says, an agent in a process of its own, and a
 * server.
 */
@WithPrograms({"prometheus", "prometheus-alertmanager"})
@Timeout(180)
class AlertmanagerTest {

    private static final int ROUNDS = 3;
    private static final String TOKEN = "0123456789abcdef0123";
    private static final String DOCUMENT =
            "{\"version\": 1, \"lineage\": \"l\", \"serial\": 1, \"flags\": {\"support_agent\": {\"status\": \"on\"}}}";

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void kills_an_agent_that_begins_to_fail_within_five_seconds_of_its_first_error() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Duration took = round(Files.createDirectory(directory.resolve("round" + round)));
            System.out.printf("first error until the first turn with the control: %d ms%n", took.toMillis());

            assertThat(took).isLessThan(Duration.ofSeconds(5));
            stop();
            processes.clear();
        }
    }

    private Duration round(Path home) throws Exception {
        Files.writeString(home.resolve("alertmanager.token"), TOKEN);
        Path alerts = Files.writeString(home.resolve("alerts.json"), """
                {"version": 1, "receivers": [
                  {"name": "alertmanager", "kind": "alertmanager", "secret_file": "alertmanager.token", "flags": ["support_agent"]}
                ]}
                """);
        try (Served served = Served.file(home, DOCUMENT, options -> options.alerts(alerts))) {
            Process agent = agent(served);
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8));
            int exporter =
                    Integer.parseInt(Objects.requireNonNull(said.readLine()).replaceAll("[^0-9]", ""));
            int alertmanager = alertmanager(home, served);
            URI prometheus = prometheus(home, exporter, alertmanager);
            Eventually.until(() -> hasRate(served, prometheus)); // this is not what is measured
            agent.getOutputStream().write('\n');
            agent.getOutputStream().flush();
            long start = System.nanoTime();
            assertThat(said.readLine()).isEqualTo("control");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(served.server.published().text()).contains("of the turns with support_agent end in an error");
            return took;
        }
    }

    private Process agent(Served served) throws IOException {
        return start(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentProcess.class.getName(),
                        served.server.uri().toString()),
                "agent");
    }

    private Process start(ProcessBuilder builder, String name) throws IOException {
        Process process =
                builder.redirectError(directory.resolve(name + ".err").toFile()).start();
        processes.add(0, process);
        return process;
    }

    private int alertmanager(Path home, Served served) throws IOException {
        int port = freePort();
        String configuration = Snippet.of("yaml", "alertmanager.yml")
                .replace("https://flags.example.com", served.server.uri().toString())
                .replace(
                        "/etc/alertmanager/agentflags.token",
                        home.resolve("alertmanager.token").toString());
        Path file = Files.writeString(home.resolve("alertmanager.yml"), configuration);
        start(
                new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + file,
                        "--storage.path=" + home.resolve("alertmanager"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address="),
                "alertmanager");
        return port;
    }

    /** Whether Prometheus has seen the agent often enough to tell a rate of nothing from nothing. */
    private static boolean hasRate(Served served, URI prometheus) {
        var query = HttpRequest.newBuilder(
                prometheus.resolve("/api/v1/query?query=count_over_time(agent_turns_total%5B5s%5D)%3E%3D4"));
        try {
            return served.send(query).body().contains("support_agent");
        } catch (AssertionError e) {
            return false; // it is still starting
        }
    }

    private URI prometheus(Path home, int exporter, int alertmanager) throws IOException {
        Files.writeString(home.resolve("rules.yml"), Snippet.of("yaml", "rules.yml"));
        Path file = Files.writeString(home.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}
                scrape_configs: [{job_name: agent, static_configs: [{targets: ['127.0.0.1:%d']}]}]
                """.formatted(alertmanager, exporter));
        int port = freePort();
        start(
                new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + home.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port),
                "prometheus");
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
