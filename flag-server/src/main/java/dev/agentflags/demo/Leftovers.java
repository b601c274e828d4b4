package dev.agentflags.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/** What has to be closed or deleted in the end, also when the process is interrupted. Safe for use by many threads. */
final class Leftovers implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::clear, "agentflags-demo-end");

    Leftovers() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Makes a directory. */
    Path directory() throws IOException {
        Path directory = Files.createTempDirectory("agentflags-demo");
        closeLater(() -> delete(directory));
        return directory;
    }

    /** Notes something to be closed, before everything that was noted before. */
    synchronized <T extends AutoCloseable> T closeLater(T closeable) {
        open.push(closeable);
        return closeable;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private synchronized void clear() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // the others must be closed all the same
            }
        }
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // it is running
        }
    }
}
