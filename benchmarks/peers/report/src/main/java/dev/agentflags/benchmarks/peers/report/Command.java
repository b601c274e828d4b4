package dev.agentflags.benchmarks.peers.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
final class Command {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private Command() {}

    /**
     * Runs a program and returns the lines that it printed.
     *
     * @throws IOException if it did not end with status 0, with the last lines that it printed
     */
    static List<String> run(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("printed-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("did not end within " + PATIENCE.toMinutes() + " minutes");
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            List<String> lines = Files.readAllLines(printed);
            if (process.exitValue() != 0) {
                throw new IOException("status " + process.exitValue() + "; it said:\n" + tail(lines));
            }
            return lines;
        } finally {
            Files.delete(printed);
        }
    }

    private static String tail(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }
}
