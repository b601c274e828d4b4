package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.source.FlagSource;
import dev.agentflags.source.FlagSourceContract;
import dev.agentflags.source.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
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

    @Test
    void goes_on_when_memory_runs_out_once() throws IOException {
        publish("{}");
        var exhausted = new AtomicBoolean(true);
        var listener = new RecordingListener();
        var source = new FileSource("test", file(), Duration.ofMillis(10), () -> DirectoryWatch.on(file()), path -> {
            if (exhausted.getAndSet(false)) {
                throw new OutOfMemoryError("thrown by a test");
            }
            return Contents.read(path);
        });
        source.start(listener);
        Eventually.until(() -> !listener.accepted().isEmpty());
        source.close();

        assertThat(listener.failures()).singleElement().asString().contains("thrown by a test");
    }

    @Override
    protected void withdraw() throws IOException {
        Files.delete(file());
    }
}
