package dev.agentflags.benchmarks;

import dev.agentflags.source.FlagSource;
import java.nio.charset.StandardCharsets;

/** A source of one document. */
record FixedSource(String document) implements FlagSource {

    @Override
    public void start(Listener listener) {
        listener.deliver(document.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
