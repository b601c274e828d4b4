package dev.agentflags.file;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit trail of a document: a file beside it, with an entry a line. It is only ever added to. */
final class AuditFile {

    private static final int FIRST_WINDOW = 8 * 1024;

    private final Path document;
    private final Path file;

    private AuditFile(Path document) {
        this.document = document;
        this.file = document.resolveSibling(document.getFileName() + ".audit.jsonl");
    }

    /**
     * Returns the audit file of a document, which need not be there yet.
     *
     * @param document without symbolic links in its path
     */
    static AuditFile of(Path document) {
        return new AuditFile(document);
    }

    Path path() {
        return file;
    }

    /**
     * How the file ends.
     *
     * @param last the last line that is an entry, or null if there is none
     * @param text the last line that is not blank, whatever it is, without its line feed; empty if there is none
     * @param ended whether there is a line feed at the end, or nothing at all
     * @param torn whether what stands after the last line feed is not an entry
     */
    record Tail(@Nullable AuditLine last, String text, boolean ended, boolean torn) {

        static final Tail NOTHING = new Tail(null, "", true, false);
    }

    /**
     * Looks at the end of the file, and only as far back as necessary.
     *
     * @throws IOException if it cannot be read
     */
    Tail tail() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long window = Math.min(size, FIRST_WINDOW);
            Tail tail = tail(channel, size, window);
            while (tail.last() == null && window < size) {
                window = Math.min(size, window * 8);
                tail = tail(channel, size, window);
            }
            return tail;
        } catch (NoSuchFileException e) {
            return Tail.NOTHING;
        }
    }

    private static Tail tail(FileChannel channel, long size, long window) throws IOException {
        String text = read(channel, size - window, Math.toIntExact(window));
        List<String> lines = List.of(text.split("\n", -1));
        boolean ended = lines.get(lines.size() - 1).isEmpty();
        boolean torn = !ended && parse(lines.get(lines.size() - 1)) == null;
        int whole = window < size ? 1 : 0; // the first one may have begun before the window
        String last = "";
        for (int i = lines.size() - 1; i >= whole; i--) {
            last = last.isBlank() ? lines.get(i) : last;
            AuditLine line = parse(lines.get(i));
            if (line != null) {
                return new Tail(line, last, ended, torn);
            }
        }
        return new Tail(null, last, ended, torn);
    }

    private static String read(FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, from + buffer.position());
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    private static @Nullable AuditLine parse(String line) {
        try {
            return AuditLine.fromJson(line);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Adds text, and returns when it is durable.
     *
     * @throws IOException if it cannot be written; the file may then end with a part of it
     */
    void append(String text) throws IOException {
        boolean isNew = Files.notExists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            if (isNew) {
                FileAttributes.copy(document, file);
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (isNew) {
            Replacement.syncDirectory(file);
        }
    }

    /**
     * Returns all entries, oldest first. Passes over lines that were cut short when their writer died.
     *
     * @throws IOException if the file cannot be read, or has a line that is something else; it names the line
     */
    List<AuditEntry> entries() throws IOException {
        List<String> lines = lines();
        List<AuditEntry> entries = new ArrayList<>();
        boolean passOver = true; // what no line feed ends is torn
        for (int i = lines.size() - 1; i >= 0; i--) {
            AuditLine line = lines.get(i).isBlank() ? null : read(lines.get(i), i + 1, passOver);
            if (line != null) {
                entries.add(line.entry());
            }
            passOver = line == null ? passOver && !lines.get(i).isBlank() : line.afterTorn();
        }
        Collections.reverse(entries);
        return entries;
    }

    /**
     * Compares each line with the one after it, oldest first.
     *
     * @throws IOException if the file cannot be read
     */
    AuditCheck check() throws IOException {
        return AuditChain.check(lines());
    }

    private List<String> lines() throws IOException {
        try {
            return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private @Nullable AuditLine read(String line, int number, boolean passOver) throws IOException {
        try {
            return AuditLine.fromJson(line);
        } catch (IllegalArgumentException e) {
            if (passOver) {
                return null;
            }
            throw new FileSystemException(file + ":" + number, null, "expected an audit entry: " + e.getMessage());
        }
    }
}
