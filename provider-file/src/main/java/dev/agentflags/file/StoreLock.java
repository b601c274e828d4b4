package dev.agentflags.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a document, held by one thread of one process at a time. The system takes it back when the process dies.
 *
 * <p>It is a lock on a file beside the document, because the document itself is replaced. That file is empty and stays: to remove
 * it would let two processes lock two files of the same name.
 */
final class StoreLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLock.class);

    /**
     * One lock for each lock file and the whole process. The system's own locks belong to a process, which loses all that it has
     * on a file when any of its threads closes that file.
     */
    private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    private static final Duration RETRY = Duration.ofMillis(2);

    private final ReentrantLock inProcess;
    private final FileChannel channel;

    private StoreLock(ReentrantLock inProcess, FileChannel channel) {
        this.inProcess = inProcess;
        this.channel = channel;
    }

    /**
     * Waits for the lock of a document.
     *
     * @param document without symbolic links in its path
     * @throws IOException if it cannot be had in time, or the lock file cannot be opened
     */
    static StoreLock acquire(Path document, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        Path file = document.resolveSibling("." + document.getFileName() + ".lock");
        ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(file, key -> new ReentrantLock(true));
        try {
            if (!inProcess.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(document, timeout);
            }
        } catch (InterruptedException e) {
            throw interrupted(document);
        }
        try {
            return new StoreLock(inProcess, lock(document, file, timeout, end));
        } catch (IOException | RuntimeException e) {
            inProcess.unlock();
            throw e;
        }
    }

    private static FileChannel lock(Path document, Path file, Duration timeout, long end) throws IOException {
        FileChannel channel = open(document, file);
        try {
            while (tryLock(channel) == null) {
                if (System.nanoTime() - end > 0) {
                    throw busy(document, timeout);
                }
                TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
            }
            return channel;
        } catch (InterruptedException e) {
            channel.close();
            throw interrupted(document);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path document, Path file) throws IOException {
        boolean isNew = Files.notExists(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isNew) {
            FileAttributes.copy(document, file); // so that all who may write the document may lock it
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another class loader of this process has it
        }
    }

    private static IOException busy(Path document, Duration timeout) {
        return new FileSystemException(
                document.toString(),
                null,
                "somebody else has been writing it for %d ms; try again".formatted(timeout.toMillis()));
    }

    private static IOException interrupted(Path document) {
        return new InterruptedIOException(document + ": interrupted while waiting for its lock");
    }

    /** Gives the lock back. Does not throw: what was done under the lock is done. */
    @Override
    public void close() {
        try {
            channel.close(); // which releases the lock
        } catch (IOException e) {
            LOG.debug("closing a lock file", e);
        } finally {
            inProcess.unlock();
        }
    }
}
