package dev.agentflags.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;

/** A peer that reads its flags from a file and follows it. */
public interface FilePeer extends Peer {

    /**
     * Returns a document of many flags, each on for 25 % of the users and for three that are listed, and of {@link Flags#CHANGING},
     * on or off for everybody.
     */
    String document(int flags, boolean changing);

    /**
     * Sets the library up over a file, with its defaults for following it.
     *
     * @throws Exception if it cannot be set up
     */
    Following follow(Path file) throws Exception;

    /** A library that follows a file. */
    interface Following extends AutoCloseable {

        /** Returns whether {@link Flags#CHANGING} is on. */
        boolean changing();

        @Override
        void close() throws IOException;
    }
}
