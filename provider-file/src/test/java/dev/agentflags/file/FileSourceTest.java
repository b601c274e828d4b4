package dev.agentflags.file;

import dev.agentflags.source.FlagSource;
import dev.agentflags.source.FlagSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest extends FlagSourceContract {

    @TempDir
    Path directory;

    @Override
    protected FlagSource newSource() {
        return FileSource.of("test", file(), Duration.ofMillis(50));
    }

    Path file() {
        return directory.resolve("flags.json");
    }

    @Override
    protected void publish(String document) throws IOException {
        Change.RENAMED_INTO_PLACE.make(file(), document);
    }

    @Override
    protected void withdraw() throws IOException {
        Files.delete(file());
    }
}
