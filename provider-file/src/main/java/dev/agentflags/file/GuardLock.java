package dev.agentflags.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right to guard a document's flags, held by one store at a time. The system takes it back when the process dies. */
final class GuardLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuardLock.class);

    /** A process loses the system's lock on a file when it closes that file anywhere, so it is opened only once. */
    private static final Set<Path> IN_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private GuardLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a document.
     *
     * @param document without symbolic links in its path
     * @throws IOException if somebody else has it, or the lock file cannot be opened
     */
    static GuardLock acquire(Path document) throws IOException {
        Path file = document.resolveSibling("." + document.getFileName() + ".guard.lock");
        if (!IN_PROCESS.add(file)) {
            throw taken(document);
        }
        try {
            return new GuardLock(file, lock(document, file));
        } catch (IOException | RuntimeException e) {
            IN_PROCESS.remove(file);
            throw e;
        }
    }

    private static FileChannel lock(Path document, Path file) throws IOException {
        boolean isNew = Files.notExists(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (isNew) {
                FileAttributes.copy(document, file);
            }
            if (channel.tryLock() == null) {
                throw taken(document);
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw taken(document); // another class loader of this process has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException taken(Path document) {
        return new FileSystemException(document.toString(), null, "somebody else guards its flags");
    }

    @Override
    public void close() {
        try {
            channel.close(); // which releases the lock
        } catch (IOException e) {
            LOG.debug("closing a lock file", e);
        } finally {
            IN_PROCESS.remove(file);
        }
    }
}
