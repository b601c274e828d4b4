package dev.agentflags.file;

import dev.agentflags.source.FlagSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the document in a file, whenever its bytes have changed: as soon as the file system says so, and where it does not, at
 * an interval. Safe for use by many threads.
 */
final class FileSource implements FlagSource {

    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    /** How long closing waits for a read that cannot be interrupted; what such a read comes to is dropped. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final String name;
    private final Path path;
    private final Duration pollInterval;
    private final Supplier<Watch> watches;
    private final Reading reading;

    private @Nullable Thread thread;
    private volatile boolean closed;

    /** Reads a file. */
    interface Reading {
        Contents read(Path file) throws IOException;
    }

    /**
     * Makes a source.
     *
     * @param name of the provider, and the beginning of the thread's name
     * @param pollInterval between the end of one look and the next, where nothing is heard from the watch
     * @param watches makes one, on the source's own thread
     * @param reading is interrupted when the source is closed
     */
    FileSource(String name, Path path, Duration pollInterval, Supplier<Watch> watches, Reading reading) {
        this.name = name;
        this.path = path;
        this.pollInterval = pollInterval;
        this.watches = watches;
        this.reading = reading;
    }

    static FileSource of(String name, Path path, Duration pollInterval) {
        return new FileSource(name, path, pollInterval, () -> DirectoryWatch.on(path), Contents::read);
    }

    @Override
    public synchronized void start(Listener listener) {
        if (closed || thread != null) {
            throw new IllegalStateException(name + (closed ? ": closed before" : ": started before"));
        }
        thread = new Thread(() -> follow(listener), name + "-file");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(Listener listener) {
        var look = new Look(path, reading, pollInterval, listener, () -> closed, System::nanoTime);
        try (Watch watch = watches.get()) {
            while (!closed) {
                round(watch, look, listener);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed, and the thread ends
        }
    }

    /** Whatever goes wrong, memory running out included: the next document may be a kill, so this thread must live. */
    private void round(Watch watch, Look look, Listener listener) throws InterruptedException {
        Duration pause = pollInterval;
        try {
            while (watch.follow(Links.of(path))) {} // before looking, so that nothing happens unseen in between
            pause = look.again();
        } catch (RuntimeException | Error e) {
            tell(listener, e);
        }
        if (!closed) { // a read may have swallowed the interrupt
            watch.await(pause);
        }
    }

    private void tell(Listener listener, Throwable unexpected) {
        try {
            LOG.warn("{}: {} cannot be read for a reason that nobody expected", name, path, unexpected);
            listener.fail(path + ": " + unexpected);
        } catch (RuntimeException | Error e) {
            LOG.debug("{}: nor can that be reported", name, e);
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
            join(running);
        }
    }

    private static void join(Thread running) {
        try {
            running.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
