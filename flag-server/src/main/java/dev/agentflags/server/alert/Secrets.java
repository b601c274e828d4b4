package dev.agentflags.server.alert;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a receiver's secret file holds: one token or secret a line, of which all count, so that one can follow the other. */
public final class Secrets {

    /** Below this, a secret can be guessed. */
    private static final int MIN_LENGTH = 16;

    private final List<String> lines;

    private Secrets(List<String> lines) {
        this.lines = lines;
    }

    /** Returns none, for a receiver without a file. */
    static Secrets none() {
        return new Secrets(List.of());
    }

    /**
     * Reads the file of a receiver, if it has one.
     *
     * @throws IOException if it cannot be read, has nothing in it, or something that is too short
     */
    public static Secrets of(Receiver receiver) throws IOException {
        Path file = receiver.secretFile();
        if (file == null) {
            return none();
        }
        List<String> lines = Files.readString(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || lines.stream().anyMatch(line -> line.length() < MIN_LENGTH)) {
            throw new FileSystemException(
                    file.toString(), null, "expected at least one line, each of " + MIN_LENGTH + " characters or more");
        }
        return new Secrets(lines);
    }

    List<String> lines() {
        return lines;
    }

    /** Says how many there are, and nothing of them. */
    @Override
    public String toString() {
        return lines.size() + " secrets";
    }
}
