package dev.agentflags.rollout;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keeps what a controller knows over a restart: one text. Used by one thread at a time. */
public interface GuardStore extends AutoCloseable {

    /**
     * Returns the text that was saved last, or null if there is none. From then on it is this store's user who guards.
     *
     * @throws IOException if it cannot be read, or somebody else guards
     */
    @Nullable
    String load() throws IOException;

    /**
     * Replaces the text, as a whole or not at all.
     *
     * @throws IOException if that cannot be done; the one before is still there
     */
    void save(String text) throws IOException;

    /** Whether what is saved can ever be loaded again. Where it cannot, nobody need write it down. */
    default boolean isLasting() {
        return true;
    }

    /** Lets others guard. Closing twice is harmless. */
    @Override
    void close();

    /** Returns a store that keeps nothing over a restart, for those whose evidence may be lost with it. */
    static GuardStore none() {
        return new GuardStore() {
            @Override
            public @Nullable String load() {
                return null;
            }

            @Override
            public void save(String text) {}

            @Override
            public boolean isLasting() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
