package dev.agentflags.server.store;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.file.FileFlags;
import dev.agentflags.file.FileGuardStore;
import dev.agentflags.file.FileStore;
import dev.agentflags.rollout.GuardStore;
import dev.agentflags.source.FlagSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A document in a file, which people and the command line may change while a server runs. Immutable. */
public final class FileFlagStore implements FlagStore {

    private static final String EMPTY = """
            {
              "version": 1,
              "lineage": "%s",
              "serial": 1,
              "flags": {}
            }
            """;

    private final Path path;

    private FileFlagStore(Path path) {
        this.path = path;
    }

    /**
     * Returns the store of a file.
     *
     * @param path of the document; it may be a symbolic link
     */
    public static FileFlagStore of(Path path) {
        return new FileFlagStore(path);
    }

    /**
     * Makes a document without flags where there is no file yet.
     *
     * @return whether there was none
     * @throws IOException if it cannot be written
     */
    public boolean create() throws IOException {
        if (Files.exists(path)) {
            return false;
        }
        Files.writeString(
                path, EMPTY.formatted(UUID.randomUUID()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return true;
    }

    @Override
    public String name() {
        return "file:" + path;
    }

    @Override
    public DocumentStore documents() {
        return FileStore.of(path);
    }

    @Override
    public FlagSource changes() {
        return FileFlags.source("agentflags-server", path);
    }

    @Override
    public GuardStore guardStore() {
        return FileGuardStore.of(path);
    }

    @Override
    public AuditCheck checkAudit() throws IOException {
        return FileStore.of(path).checkAudit();
    }

    @Override
    public String keepAside(String text) throws IOException {
        Path document = path.toRealPath();
        Path aside = document.resolveSibling(document.getFileName() + ".refused");
        Files.writeString(aside, text);
        return aside.toString();
    }
}
