package dev.agentflags.benchmarks.peers.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JMH, run in a JVM and on a class path of its own. */
final class Jmh {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Jmh() {}

    /**
     * One row of JMH's.
     *
     * @param method the benchmark's
     * @param parameter the value of its one parameter, or empty
     * @param nanos for each operation
     * @param bytes allocated for each operation
     * @param raw nanoseconds of each iteration
     */
    record Row(String method, String parameter, double nanos, double bytes, List<Double> raw) {}

    /** Runs the benchmarks that the arguments name, each in one JVM. */
    static List<Row> run(Jdk jdk, String classPath, List<String> arguments) throws IOException, InterruptedException {
        Path results = Files.createTempFile("jmh-", ".json");
        try {
            List<String> command = new ArrayList<>(List.of(jdk.java(), "-cp", classPath, "org.openjdk.jmh.Main"));
            command.addAll(arguments);
            command.addAll(List.of("-rf", "json", "-rff", results.toString()));
            Command.run(command);
            return rows(JSON.readTree(results.toFile()));
        } finally {
            Files.delete(results);
        }
    }

    private static List<Row> rows(JsonNode results) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode result : results) {
            String benchmark = result.path("benchmark").asText();
            JsonNode time = result.path("primaryMetric");
            JsonNode allocated = result.path("secondaryMetrics").path("gc.alloc.rate.norm");
            JsonNode parameters = result.path("params");
            rows.add(new Row(
                    benchmark.substring(benchmark.lastIndexOf('.') + 1),
                    parameters.isEmpty() ? "" : parameters.iterator().next().asText(),
                    time.path("score").asDouble(),
                    allocated.path("score").asDouble(),
                    iterations(time.path("rawData"))));
        }
        return rows;
    }

    private static List<Double> iterations(JsonNode forks) {
        List<Double> iterations = new ArrayList<>();
        forks.forEach(fork -> fork.forEach(iteration -> iterations.add(iteration.asDouble())));
        return List.copyOf(iterations);
    }
}
