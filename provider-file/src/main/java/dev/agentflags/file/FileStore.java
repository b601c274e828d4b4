package dev.agentflags.file;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.Stored;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a document in a file and its audit trail in {@code <name>.audit.jsonl} beside it. Safe for use by many threads and many
 * processes.
 *
 * <p>The document is always whole: it is replaced by a file that was complete before, with the same mode and owner. Through a
 * symbolic link it is the link's target that is replaced, and the audit trail is beside the target. The directory must be
 * writable, and may come to hold two hidden files, {@code .<name>.lock} and, after a crash, {@code .<name>.new}.
 *
 * <p>The version of a document is the SHA-256 of its bytes. Each line of the audit trail is written before the document is
 * replaced, and names the version before and after, so that after a crash the last line can be compared with the document. The
 * next writer adds what that comparison says: {@code abandoned} by {@code store} where an entry was not carried out, {@code edit}
 * by {@code file} where somebody changed the document by hand. Each line also has the SHA-256 of the line before it. Editors know nothing of the lock, so the last to save wins.
 */
public final class FileStore implements DocumentStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private final Path path;
    private final Duration lockTimeout;

    FileStore(Path path, Duration lockTimeout) {
        this.path = path;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Returns the store of a file.
     *
     * @param path of the document; it may be a symbolic link
     */
    public static FileStore of(Path path) {
        return new FileStore(Objects.requireNonNull(path, "path"), LOCK_TIMEOUT);
    }

    @Override
    public Stored load() throws IOException {
        return Uninterrupted.run(() -> {
            try {
                Contents contents = Contents.read(document());
                return new Stored(contents.text(), contents.version());
            } catch (NoSuchFileException | ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                throw Failure.of(path, e);
            }
        });
    }

    /** Returns the file itself, behind all links. */
    private Path document() throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(
                    path.toString(),
                    null,
                    "no such file; begin with one that contains {\"version\": 1, \"flags\": {}}");
        }
    }

    @Override
    public @Nullable Stored replace(Stored expected, String text, AuditEntry entry) throws IOException {
        try {
            return Uninterrupted.run(() -> replaceIfCurrent(expected, text, entry))
                    .orElse(null);
        } catch (FileSystemException e) {
            throw e.getReason() == null && e.getFile() != null ? Failure.of(Path.of(e.getFile()), e) : e;
        }
    }

    @SuppressWarnings("try") // the lock is held, not used
    private Optional<Stored> replaceIfCurrent(Stored expected, String text, AuditEntry entry) throws IOException {
        Path document = document();
        try (var lock = StoreLock.acquire(document, lockTimeout)) {
            Contents current = Contents.read(document);
            boolean isCurrent = current.version().equals(expected.version()) && document.equals(document());
            return isCurrent ? Optional.of(replace(document, current, text, entry)) : Optional.empty();
        }
    }

    private Stored replace(Path document, Contents current, String text, AuditEntry entry) throws IOException {
        Contents next = Contents.of(text);
        try (var replacement = Replacement.prepare(document, next)) {
            record(AuditFile.of(document), new AuditLine(entry, current.version(), next.version(), false, null));
            replacement.commit();
        }
        return new Stored(text, next.version());
    }

    /** Writes ahead what is about to be done. */
    private static void record(AuditFile audit, AuditLine line) throws IOException {
        try {
            append(audit, line);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (!line.entry().isKill()) {
                String why = "the audit trail cannot be written, so nothing was changed: " + Failure.describe(e);
                throw new FileSystemException(audit.path().toString(), null, why);
            }
            LOG.warn("{}: cannot be written, the kill is done without it: {}", audit.path(), Failure.describe(e));
        }
    }

    private static void append(AuditFile audit, AuditLine line) throws IOException {
        AuditRepair.Repair repair = AuditRepair.of(
                audit.tail(),
                Objects.requireNonNull(line.documentBefore()),
                line.entry().time());
        audit.append(repair.text() + readable(line.after(repair.last())) + "\n");
    }

    private static String readable(AuditLine line) throws IOException {
        String json = line.toJson();
        try {
            AuditLine.fromJson(json);
            return json;
        } catch (IllegalArgumentException e) {
            throw new IOException("the entry could not be read back: " + e.getMessage(), e);
        }
    }

    @Override
    @SuppressWarnings("try") // the lock is held, not used
    public void record(AuditEntry entry) throws IOException {
        Uninterrupted.run(() -> {
            Path document = document();
            try (var lock = StoreLock.acquire(document, lockTimeout)) {
                String version = Contents.read(document).version();
                append(AuditFile.of(document), new AuditLine(entry, version, version, false, null));
            }
            return Optional.empty();
        });
    }

    /**
     * Looks whether the audit trail is as it was written: each line has the SHA-256 of the one before it, so one that was edited,
     * removed, added or moved shows; what was cut off at the end does not.
     *
     * @throws IOException if it cannot be read
     */
    public AuditCheck checkAudit() throws IOException {
        return Uninterrupted.run(() -> AuditFile.of(document()).check());
    }

    @Override
    public List<AuditEntry> audit() throws IOException {
        return Uninterrupted.run(() -> AuditFile.of(document()).entries());
    }
}
