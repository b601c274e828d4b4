package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Results.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How soon those who follow a file answer from it, each in a JVM of its own. A peer that fails is left out, with the reason. */
final class FileRuns {

    private static final int MANY_FLAGS = 10_000;
    private static final int CHANGED_FLAGS = 1_000;

    private final ClassPaths classPaths;
    private final Pace pace;
    private final Jdk jdk;
    private final NotMeasured notMeasured;

    FileRuns(ClassPaths classPaths, Pace pace, Jdk jdk, NotMeasured notMeasured) {
        this.classPaths = classPaths;
        this.pace = pace;
        this.jdk = jdk;
        this.notMeasured = notMeasured;
    }

    /** Measures from a file of 10,000 flags to the first answer. */
    List<Times> loading(List<Contender> contenders) throws IOException, InterruptedException {
        return each(contenders, "loading", (contender, file) -> {
            run(contender, "write", file, MANY_FLAGS);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < pace.loads(); i++) {
                millis.addAll(run(contender, "load", file));
            }
            return millis;
        });
    }

    /** Measures from the atomic replacement of a file to the changed answer. */
    List<Times> change(List<Contender> contenders) throws IOException, InterruptedException {
        return each(contenders, "a change of its file", (contender, file) -> {
            int rounds = contender.polls() ? pace.slowChanges() : pace.changes();
            return run(contender, "change", file, CHANGED_FLAGS, rounds);
        });
    }

    private List<Times> each(List<Contender> contenders, String what, Runs runs)
            throws IOException, InterruptedException {
        List<Times> all = new ArrayList<>();
        for (Contender contender : contenders) {
            if (contender.followsFile()) {
                Progress.say("%s: %s", what, contender.name());
                inDirectory(contender, what, runs).ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Times> inDirectory(Contender contender, String what, Runs runs)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("peers-");
        try {
            return Optional.of(new Times(contender.name(), runs.of(contender, directory.resolve("flags.json"))));
        } catch (IOException e) {
            notMeasured.failed(contender, what, e);
            return Optional.empty();
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private List<Double> run(Contender contender, String what, Path file, int... numbers)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                jdk.java(),
                "-cp",
                classPaths.of(contender),
                "dev.agentflags.benchmarks.peers.FileTimes",
                what,
                contender.name(),
                file.toString()));
        for (int number : numbers) {
            command.add(Integer.toString(number));
        }
        return Command.run(command).stream()
                .filter(line -> line.matches("[0-9]+\\.[0-9]+"))
                .map(Double::valueOf)
                .toList();
    }

    private interface Runs {

        /** Returns milliseconds, over a file that is not there yet. */
        List<Double> of(Contender contender, Path file) throws IOException, InterruptedException;
    }
}
