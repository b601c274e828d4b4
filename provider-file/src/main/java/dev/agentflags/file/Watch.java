package dev.agentflags.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Tells when another look at a file may be worth while. Used by one thread. */
interface Watch extends AutoCloseable {

    /**
     * Watches these and nothing else from now on.
     *
     * @param namesByDirectory names of entries, which need not be there, by the directory that holds them
     * @return whether a directory was not watched before; what has happened in it until now was not heard of
     */
    boolean follow(Map<Path, Set<Path>> namesByDirectory);

    /** Returns when something has happened to one of the names since the last call, or else after that time. */
    void await(Duration atMost) throws InterruptedException;

    @Override
    void close();

    /** Returns a watch that is never told of anything, for file systems without events. */
    static Watch blind() {
        return new Watch() {
            @Override
            public boolean follow(Map<Path, Set<Path>> namesByDirectory) {
                return false;
            }

            @Override
            public void await(Duration atMost) throws InterruptedException {
                Thread.sleep(atMost.toMillis());
            }

            @Override
            public void close() {}
        };
    }
}
