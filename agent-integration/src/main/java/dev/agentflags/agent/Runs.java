package dev.agentflags.agent;

import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.outcome.ErrorClass;
import dev.agentflags.agent.outcome.ErrorClassifier;
import dev.agentflags.agent.outcome.RunId;
import dev.agentflags.agent.outcome.RunOutcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The runs of one agent that have started and not ended. Safe for use by many threads. */
final class Runs {

    /** How many times in the span after which a run is abandoned it is looked whether one is. */
    private static final int SWEEPS = 4;

    private final String agent;
    private final LongSupplier nanoTime;
    private final ErrorClassifier classifier;
    private final Duration abandonAfter;
    private final OutcomeDelivery delivery;
    private final Set<AgentRun> live = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private final long process;
    private final AtomicLong sequence;

    Runs(
            String agent,
            LongSupplier nanoTime,
            ErrorClassifier classifier,
            Duration abandonAfter,
            OutcomeDelivery delivery) {
        this.agent = agent;
        this.nanoTime = nanoTime;
        this.classifier = classifier;
        this.abandonAfter = abandonAfter;
        this.delivery = delivery;
        var random = new SecureRandom();
        this.process = random.nextLong();
        this.sequence = new AtomicLong(random.nextLong());
        delivery.repeat(abandonAfter.dividedBy(SWEEPS), this::sweep);
    }

    String agent() {
        return agent;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    ErrorClass classify(Throwable error) {
        try {
            ErrorClass cause = classifier.classify(error);
            return cause == null ? ErrorClass.VARIANT : cause;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return ErrorClass.VARIANT;
        }
    }

    AgentRun started(AgentContext caller, Turn turn, long startNanos) {
        var run = new AgentRun(this, new RunId(process, sequence.getAndIncrement()), caller, turn, startNanos);
        if (!closed) {
            live.add(run);
        }
        if (closed) {
            live.remove(run);
        }
        return run;
    }

    void ended(AgentRun run, RunOutcome outcome) {
        live.remove(run);
        delivery.report(listener -> listener.onRun(outcome));
    }

    private void sweep() {
        long longAgo = nanoTime() - abandonAfter.toNanos();
        for (AgentRun run : live) {
            if (run.idleSince(longAgo)) {
                run.abandon();
            }
        }
    }

    /** Abandons the runs that are live, and keeps no more. */
    void close() {
        closed = true;
        live.forEach(AgentRun::abandon);
    }

    int live() {
        return live.size();
    }
}
