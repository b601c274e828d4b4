package dev.agentflags.benchmarks.peers;

import java.nio.file.Path;
import java.util.ServiceLoader;

/** A library that answers flags, found by {@link ServiceLoader} and set up over local data as its own documentation recommends. */
public interface Peer {

    /** Returns what it is called on the command line, such as {@code flagd}. */
    String name();

    /**
     * Sets the library up over the two flags: {@link Flags#ROLLOUT}, on for 25 % of the users, and {@link Flags#LISTED}, on for
     * {@link Flags#listed()}.
     *
     * @param directory of its own, empty, for the files that it needs
     * @throws Exception if it cannot be set up
     */
    Answers start(Path directory) throws Exception;

    /** Returns whether the answers depend on the flags; those of a provider that does nothing do not. */
    default boolean decides() {
        return true;
    }

    /**
     * Returns the peer of this name.
     *
     * @throws IllegalArgumentException if it is not on the class path
     */
    static Peer named(String name) {
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            if (peer.name().equals(name)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("expected a peer on the class path, found none of the name " + name);
    }
}
