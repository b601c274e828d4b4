package dev.agentflags.outcome;

import dev.agentflags.snapshot.Snapshot;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes from a provider what a guard needs: the ruleset in force, and outcomes. Started once and closed once. Safe for use by
 * many threads; nothing here waits or throws.
 */
public interface OutcomeSink extends AutoCloseable {

    /** Begins to take. */
    void start();

    /** Another ruleset is in force. */
    void inForce(Snapshot snapshot);

    /**
     * Something was reported, on one of the application's own threads: this takes some ten nanoseconds, and drops and counts what
     * there is no room for.
     *
     * @param outcomes reads the report later, on another thread
     */
    void report(Supplier<List<Outcome>> outcomes);

    /** Stops, within a second. Closing twice is harmless. */
    @Override
    void close();
}
