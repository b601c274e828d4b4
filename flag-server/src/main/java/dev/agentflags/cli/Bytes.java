package dev.agentflags.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is in a file, or comes from standard input, as far as it is not more than any document may be. */
final class Bytes {

    /** One more than a document may have, so that what is too long is seen to be. */
    private static final int MAX_BYTES = 8 * 1024 * 1024 + 1;

    private Bytes() {}

    static byte[] of(Path file) throws CommandException {
        FlagsOption.requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, file + " cannot be read: " + e.getMessage(), null);
        }
    }

    static byte[] of(InputStream in) throws CommandException {
        try {
            return in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, "standard input cannot be read: " + e.getMessage(), null);
        }
    }
}
