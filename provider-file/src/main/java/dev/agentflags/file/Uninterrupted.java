package dev.agentflags.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/** Does file work to its end on a thread that may be interrupted: a kill must get through when its caller is being stopped. */
final class Uninterrupted {

    private Uninterrupted() {}

    /** Work that has had no effect yet where it throws for an interrupt. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does the work, again if an interrupt ended it, and leaves the thread interrupted if it was. */
    static <T> T run(Work<T> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException | InterruptedIOException e) {
                    interrupted = true;
                    Thread.interrupted(); // cleared, so that the work can be done again
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
