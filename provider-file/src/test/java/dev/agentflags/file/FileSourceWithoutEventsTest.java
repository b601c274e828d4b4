package dev.agentflags.file;

import dev.agentflags.source.FlagSource;
import java.time.Duration;

class FileSourceWithoutEventsTest extends FileSourceTest {

    @Override
    protected FlagSource newSource() {
        return new FileSource("test", file(), Duration.ofMillis(20), Watch::blind, Contents::read);
    }
}
