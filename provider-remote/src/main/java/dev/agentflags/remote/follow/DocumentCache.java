package dev.agentflags.remote.follow;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good document, on disk, for a process that starts while the server is down.
 *
 * <p>A file per document's address: a line with the format, the address's and the contents' SHA-256, then the document. It is written
 * beside, made durable and put in place at once, for its owner only. What is not exactly as it was written is not used. Nothing that
 * goes wrong here keeps a provider from working. Not safe for use by many threads; processes may share a directory.
 */
public final class DocumentCache {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentCache.class);

    private static final String FORMAT = "agentflags-cache/1";
    private static final int MAX_BYTES = 8 * 1024 * 1024 + 1024;
    private static final int NAME_DIGITS = 32;

    private final Path directory;
    private final Path file;
    private final String address;
    private final boolean durable;
    private boolean complained;

    /**
     * Makes a cache.
     *
     * @param directory need not be there yet
     * @param document its address, which is not written down
     */
    public DocumentCache(Path directory, URI document) {
        this(directory, document, true);
    }

    /**
     * Makes a cache.
     *
     * @param durable whether what is saved is to be there after the machine has lost its power
     */
    DocumentCache(Path directory, URI document, boolean durable) {
        this.durable = durable;
        this.directory = directory;
        this.address = Sha256.hex(document.toString().getBytes(StandardCharsets.UTF_8));
        this.file = directory.resolve(address.substring(0, NAME_DIGITS) + ".flags");
    }

    /** Returns the document, or null if there is none, or none that can be trusted. */
    byte @Nullable [] load() {
        try {
            return document(read());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: not used: {}", file, describe(e));
            return null;
        }
    }

    private byte[] read() throws IOException {
        if (isWritableByOthers()) {
            throw new IOException("others than its owner may write it");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("larger than any that was written");
        }
        return Files.readAllBytes(file);
    }

    private boolean isWritableByOthers() throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private byte[] document(byte[] contents) throws IOException {
        int end = 0;
        while (end < contents.length && contents[end] != '\n') {
            end++;
        }
        byte[] document = Arrays.copyOfRange(contents, Math.min(end + 1, contents.length), contents.length);
        if (!new String(contents, 0, end, StandardCharsets.UTF_8).equals(firstLine(document))) {
            throw new IOException("damaged, or not of this address");
        }
        return document;
    }

    private String firstLine(byte[] document) {
        return FORMAT + " " + address + " " + Sha256.hex(document);
    }

    /** Keeps a document instead of the one before. */
    void save(byte[] document) {
        try {
            replace(document);
            complained = false;
        } catch (IOException | RuntimeException e) {
            if (!complained) {
                complained = true;
                LOG.warn(
                        "{}: cannot be written, so a restart without the server will not know it: {}",
                        file,
                        describe(e));
            }
        }
    }

    private void replace(byte[] document) throws IOException {
        Files.createDirectories(directory);
        Path prepared = Files.createTempFile(directory, ".", ".new"); // for its owner only
        try {
            write(prepared, document);
            Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (durable) {
                syncDirectory();
            }
        } finally {
            Files.deleteIfExists(prepared);
        }
    }

    private void write(Path prepared, byte[] document) throws IOException {
        try (FileChannel channel = FileChannel.open(prepared, StandardOpenOption.WRITE)) {
            write(channel, (firstLine(document) + "\n").getBytes(StandardCharsets.UTF_8));
            write(channel, document);
            if (durable) {
                channel.force(true);
            }
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    private void syncDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("{}: cannot be synchronised", directory, e);
        }
    }

    private static String describe(Exception e) {
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }
}
