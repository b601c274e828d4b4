package dev.agentflags.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told by the file system. Not safe for use by many threads. */
final class DirectoryWatch implements Watch {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

    private final WatchService service;
    private final Map<Path, Watched> directories = new HashMap<>();

    /**
     * One directory.
     *
     * @param identity tells it from another directory that takes its place; null where the file system cannot
     * @param names the entries that matter
     */
    private record Watched(WatchKey key, @Nullable Object identity, Set<Path> names) {

        boolean isOf(@Nullable Object directory) {
            return key.isValid() && Objects.equals(identity, directory);
        }
    }

    private DirectoryWatch(WatchService service) {
        this.service = service;
    }

    /** Returns a watch on the file system of a path, blind where that has no events. */
    static Watch on(Path path) {
        try {
            return new DirectoryWatch(path.getFileSystem().newWatchService());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.info("{}: no events from the file system, only looking at intervals: {}", path, e.getMessage());
            return Watch.blind();
        }
    }

    @Override
    public boolean follow(Map<Path, Set<Path>> namesByDirectory) {
        directories.entrySet().removeIf(entry -> {
            boolean gone = !namesByDirectory.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().key().cancel();
            }
            return gone;
        });
        boolean isNew = false;
        for (Map.Entry<Path, Set<Path>> entry : namesByDirectory.entrySet()) {
            isNew |= follow(entry.getKey(), entry.getValue());
        }
        return isNew;
    }

    /** A directory that cannot be watched is looked at again with the next interval. */
    private boolean follow(Path directory, Set<Path> names) {
        try {
            Object identity =
                    Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
            Watched before = directories.get(directory);
            if (before != null && before.isOf(identity)) {
                directories.put(directory, new Watched(before.key(), identity, names));
                return false;
            }
            if (before != null) {
                before.key().cancel(); // it watches a directory that is elsewhere now
            }
            WatchKey key = directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            directories.put(directory, new Watched(key, identity, names));
            return true;
        } catch (IOException e) {
            directories.remove(directory);
            LOG.debug("{}: cannot be watched", directory, e);
            return false;
        }
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        boolean matters = false;
        while (!matters) {
            WatchKey key = service.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (key == null) {
                return;
            }
            matters = matters(key);
        }
        drain();
    }

    private boolean matters(WatchKey key) {
        Watched watched = key.watchable() instanceof Path directory ? directories.get(directory) : null;
        boolean matters = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            boolean named = watched != null
                    && event.context() instanceof Path name
                    && watched.names().contains(name);
            matters = matters || named || event.kind() == OVERFLOW;
        }
        boolean directoryGone = !key.reset();
        return matters || (directoryGone && watched != null);
    }

    /** One look serves all that has happened until now. */
    private void drain() {
        for (WatchKey key = service.poll(); key != null; key = service.poll()) {
            matters(key);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("closing a watch service", e);
        }
    }
}
