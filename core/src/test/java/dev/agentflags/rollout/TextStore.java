package dev.agentflags.rollout;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A checkpoint in memory. */
final class TextStore implements GuardStore {

    @Nullable
    String text;

    /** Whether somebody else guards, or the disk is gone. */
    boolean unavailable;

    boolean closed;

    @Override
    public @Nullable String load() throws IOException {
        check();
        return text;
    }

    @Override
    public void save(String saved) throws IOException {
        check();
        text = saved;
    }

    private void check() throws IOException {
        if (unavailable) {
            throw new IOException("somebody else guards");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
