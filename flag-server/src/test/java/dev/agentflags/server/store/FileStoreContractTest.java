package dev.agentflags.server.store;

import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.DocumentStoreContract;
import dev.agentflags.file.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileStoreContractTest extends DocumentStoreContract {

    @TempDir
    Path directory;

    @Override
    protected DocumentStore newStore(String document) throws IOException {
        Files.writeString(file(), document);
        return openAgain();
    }

    private Path file() {
        return directory.resolve("flags.json");
    }

    @Override
    protected DocumentStore openAgain() {
        return FileStore.of(file());
    }

    @Override
    protected void breakAudit() throws IOException {
        Files.createDirectory(directory.resolve("flags.json.audit.jsonl"));
    }

    @Override
    protected void breakStore() throws IOException {
        Files.delete(file());
    }
}
