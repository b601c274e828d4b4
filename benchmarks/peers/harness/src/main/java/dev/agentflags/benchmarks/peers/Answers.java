package dev.agentflags.benchmarks.peers;

import java.io.IOException;

/** The answers of a library that was set up. Safe for use by many threads. Users are numbers from 0 to {@link Flags#USERS} - 1. */
public interface Answers extends AutoCloseable {

    /** Returns whether {@link Flags#ROLLOUT} is on for a user. */
    boolean rollout(int user);

    /** Returns whether {@link Flags#LISTED} is on for a user. */
    boolean listed(int user);

    /** Stops the library. */
    @Override
    void close() throws IOException;
}
