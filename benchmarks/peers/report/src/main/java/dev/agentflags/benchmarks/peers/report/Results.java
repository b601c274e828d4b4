package dev.agentflags.benchmarks.peers.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run measured: all that the table, the charts and the bars are made from.
 *
 * @param date of the run
 * @param machine in words
 * @param jdks feature version to full version
 * @param versions contender to version
 * @param evaluations of each contender
 * @param growth of our evaluation with the size of a ruleset
 * @param heap of our rulesets
 * @param loading from a file of many flags to the first answer, in a new JVM; without the start of the JVM itself
 * @param change from the atomic replacement of a file to the changed answer
 * @param kills from the API call of a kill until those who follow our server have it
 * @param startUp whole processes
 * @param sizes of class paths
 * @param notMeasured what could not be measured, and why
 */
record Results(
        String date,
        String machine,
        Map<String, String> jdks,
        Map<String, String> versions,
        List<Evaluation> evaluations,
        List<Growth> growth,
        List<Heap> heap,
        List<Times> loading,
        List<Times> change,
        List<Times> kills,
        List<Times> startUp,
        List<Size> sizes,
        Map<String, String> notMeasured) {

    /** What the rollout's hash alone costs. */
    static final String DIGEST = "digest";

    static final String ROLLOUT = "rollout";
    static final String LISTED = "listed";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * One contender asked one question.
     *
     * @param who a contender, or {@link #DIGEST}
     * @param question {@link #ROLLOUT} or {@link #LISTED}
     */
    record Evaluation(String who, String question, int jdk, int threads, Measured measured) {

        double nanos() {
            return measured.nanos();
        }

        double bytes() {
            return measured.bytes();
        }
    }

    /**
     * One evaluation of ours in a ruleset of some size.
     *
     * @param what grows
     * @param size how far
     */
    record Growth(String what, int size, Measured measured) {

        double nanos() {
            return measured.nanos();
        }
    }

    /**
     * What a ruleset of some size takes once it is in force.
     *
     * @param what grows
     * @param size how far
     */
    record Heap(String what, int size, long bytes) {}

    /**
     * How long something took, several times.
     *
     * @param millis in the order in which they were measured
     */
    record Times(String who, List<Double> millis) {

        double quantile(double part) {
            List<Double> sorted = millis.stream().sorted().toList();
            return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
        }

        double median() {
            return quantile(0.5);
        }

        double max() {
            return quantile(1);
        }
    }

    /**
     * A library with all that it brings.
     *
     * @param who a contender, or one of our artifacts
     */
    record Size(String who, int jars, int classes, long bytes) {}

    Optional<Evaluation> evaluation(String who, String question, int jdk, int threads) {
        return evaluations.stream()
                .filter(e -> e.who().equals(who)
                        && e.question().equals(question)
                        && e.jdk() == jdk
                        && e.threads() == threads)
                .findFirst();
    }

    Optional<Growth> growth(String what, int size) {
        return growth.stream()
                .filter(g -> g.what().equals(what) && g.size() == size)
                .findFirst();
    }

    /** Returns the oldest JDK of the run, which tables and charts are for where there is room for one. */
    int firstJdk() {
        return jdks.keySet().stream().mapToInt(Integer::parseInt).min().orElseThrow();
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
        Files.writeString(file, Files.readString(file) + "\n");
    }

    static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }
}
