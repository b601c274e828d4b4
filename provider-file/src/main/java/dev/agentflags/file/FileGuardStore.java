package dev.agentflags.file;

import dev.agentflags.rollout.GuardStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a guard knows in {@code <name>.guard.json} beside the document, behind all links. The file is always whole. Whoever
 * loads it holds a lock on the hidden file {@code .<name>.guard.lock} until it is closed or its process dies, so that one guards.
 */
public final class FileGuardStore implements GuardStore {

    private final Path path;
    private @Nullable GuardLock lock;

    private FileGuardStore(Path path) {
        this.path = path;
    }

    /**
     * Returns the store beside a document.
     *
     * @param path of the document; it may be a symbolic link
     */
    public static FileGuardStore of(Path path) {
        return new FileGuardStore(Objects.requireNonNull(path, "path"));
    }

    /**
     * Returns what whoever guards a document has saved last, without guarding, or null if there is nothing.
     *
     * @param path of the document; it may be a symbolic link
     * @throws IOException if it cannot be read
     */
    public static @Nullable String read(Path path) throws IOException {
        Path file = file(path.toRealPath());
        try {
            return Uninterrupted.run(() -> Contents.read(file)).text();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw Failure.of(file, e);
        }
    }

    private static Path file(Path document) {
        return document.resolveSibling(document.getFileName() + ".guard.json");
    }

    @Override
    public @Nullable String load() throws IOException {
        if (lock == null) {
            lock = Uninterrupted.run(() -> GuardLock.acquire(path.toRealPath()));
        }
        return read(path);
    }

    @Override
    @SuppressWarnings("try") // nothing is left to be closed where it was put in place
    public void save(String text) throws IOException {
        Uninterrupted.run(() -> {
            Path document = path.toRealPath();
            try (var replacement = Replacement.prepare(file(document), document, Contents.of(text))) {
                replacement.commit();
            }
            return text;
        });
    }

    @Override
    public void close() {
        GuardLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }
}
