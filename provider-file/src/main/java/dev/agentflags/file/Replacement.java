package dev.agentflags.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New contents for a file: complete and durable beside it first, and then in its place at once. Only for those who hold the
 * {@link StoreLock}, so that there is one at a time, and what a writer that died has left is simply replaced.
 */
final class Replacement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final Path document;
    private final Path prepared;

    private Replacement(Path document, Path prepared) {
        this.document = document;
        this.prepared = prepared;
    }

    /**
     * Writes the new contents beside the file, with its mode and owner.
     *
     * @param document without symbolic links in its path
     * @throws IOException if they cannot be written; nothing of them is left
     */
    static Replacement prepare(Path document, Contents contents) throws IOException {
        return prepare(document, document, contents);
    }

    /**
     * Writes the new contents beside a file that need not be there yet.
     *
     * @param file without symbolic links in its path
     * @param like whose mode and owner it gets
     * @throws IOException if they cannot be written; nothing of them is left
     */
    static Replacement prepare(Path file, Path like, Contents contents) throws IOException {
        var replacement = new Replacement(file, file.resolveSibling("." + file.getFileName() + ".new"));
        try {
            replacement.write(like, contents);
            return replacement;
        } catch (IOException | RuntimeException e) {
            replacement.close();
            throw e;
        }
    }

    private void write(Path like, Contents contents) throws IOException {
        Files.deleteIfExists(prepared);
        try (FileChannel channel =
                FileChannel.open(prepared, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            FileAttributes.copy(like, prepared); // before there is anything in it to be read
            ByteBuffer bytes = ByteBuffer.wrap(contents.utf8());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Puts the new contents in place.
     *
     * @throws IOException if that cannot be done; the old contents are still there
     */
    void commit() throws IOException {
        Files.move(prepared, document, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(document);
    }

    /** Makes durable which files there are beside this one. Not every file system can. */
    static void syncDirectory(Path file) {
        try (FileChannel directory = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            LOG.debug("{}: its directory cannot be synchronised", file, e);
        }
    }

    /** Removes what was prepared and not put in place. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(prepared);
        } catch (IOException e) {
            LOG.debug("{}: cannot be removed, the next writer will", prepared, e);
        }
    }
}
