package dev.agentflags.remote.outcome;

import dev.agentflags.outcome.OutcomeBatch;

/** The way to the server. */
public interface Delivery extends AutoCloseable {

    /** What became of a batch. */
    enum Fate {
        /** The server has it, now or from before. */
        TAKEN,
        /** The server may not have it, and can be asked again soon. */
        LATER,
        /** The server will never take this one. */
        REFUSED,
        /** There is nobody who guards; that may change. */
        NOBODY
    }

    /** Sends a batch, and waits for the answer. */
    Fate send(OutcomeBatch batch);

    /** Gives up what is being sent. */
    @Override
    default void close() {}
}
