package dev.agentflags.benchmarks.peers;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Users who take turns, so that no branch and no cache learns who comes. */
@State(Scope.Thread)
public class Turns {

    private int next;

    /** Begins with the first user. */
    public Turns() {}

    int next() {
        next = (next + 1) & (Flags.USERS - 1);
        return next;
    }
}
