package dev.agentflags.remote.outcome;

import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Outcomes that wait to be sent, in batches of which each keeps its number until it is taken. Not safe for use by many threads. */
final class Outbox {

    /** At some hundred bytes each, far below what a server reads. */
    static final int MAX_BATCH = 1_000;

    private static final int MAX_WAITING = 20_000;

    private final String process;
    private final Queue<Outcome> waiting = new ArrayDeque<>();
    private @Nullable OutcomeBatch sending;
    private long sequence;
    private long lost;

    /** Makes one of a process that has sent nothing yet. */
    Outbox(String process) {
        this.process = process;
    }

    void add(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (waiting.size() < MAX_WAITING) {
                waiting.add(outcome);
            } else {
                lost++;
            }
        }
    }

    /** Outcomes were dropped before they came here. */
    void lose(long outcomes) {
        lost += outcomes;
    }

    /** Returns what is to be sent: the same until it is done with, or null if there is nothing. */
    @Nullable
    OutcomeBatch next() {
        if (sending == null && !waiting.isEmpty()) {
            List<Outcome> outcomes = new ArrayList<>();
            while (outcomes.size() < MAX_BATCH && !waiting.isEmpty()) {
                outcomes.add(waiting.remove());
            }
            sending = new OutcomeBatch(process, ++sequence, lost, outcomes);
        }
        return sending;
    }

    /** What {@link #next} returned has been taken. */
    void taken() {
        sending = null;
    }

    /** What {@link #next} returned will not be taken. */
    void refused() {
        lost += sending == null ? 0 : sending.outcomes().size();
        sending = null;
    }

    /** Nobody wants any. */
    void clear() {
        waiting.clear();
        sending = null;
    }
}
