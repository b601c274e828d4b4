package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.outcome.Decision;
import dev.agentflags.agent.outcome.Decision.Status;
import dev.agentflags.agent.outcome.ErrorClass;
import dev.agentflags.agent.outcome.RunEnd;
import dev.agentflags.agent.outcome.RunId;
import dev.agentflags.agent.outcome.RunOutcome;
import dev.agentflags.agent.outcome.RunRef;
import dev.agentflags.agent.outcome.ToolOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an agent: what it runs with, decided once at the start, and how it went. Safe for use by many threads, so
 * it can be handed to wherever a framework calls back; nothing here throws, waits or depends on the thread.
 *
 * <p>A run ends exactly once: the first of {@link #success}, {@link #error}, {@link #cancelled} and {@link #close}
 * counts, and what comes later is ignored. One that nobody ends is ended by {@link AgentFlags} as abandoned, once nothing
 * has been reported to it for a time.
 */
public final class AgentRun implements AutoCloseable {

    private final Runs runs;
    private final RunId id;
    private final AgentContext caller;
    private final AgentConfig config;
    private final List<Decision> decisions;
    private final Turn turn;
    private final long startNanos;

    private volatile long lastActivityNanos;
    private long firstTokenNanos;
    private boolean firstTokenSeen;
    private boolean truncated;
    private int modelCalls;
    private long inputTokens;
    private long outputTokens;
    private double cost;
    private boolean costSeen;
    private int toolCalls;
    private int toolErrors;
    private int toolRefusals;
    private final Set<String> failedTools = new TreeSet<>();
    private boolean ended;

    AgentRun(Runs runs, RunId id, AgentContext caller, Turn turn, long startNanos) {
        this.runs = runs;
        this.id = id;
        this.caller = caller;
        this.config = turn.config();
        this.decisions = List.copyOf(turn.decisions());
        this.turn = turn;
        this.startNanos = startNanos;
        this.lastActivityNanos = startNanos;
    }

    /** What to run with. It does not change in the course of the turn; see {@link #tools} for tools that do. */
    public AgentConfig config() {
        return config;
    }

    /** What each flag decided, in the order in which the flags were declared. */
    public List<Decision> decisions() {
        return decisions;
    }

    /** Stands before the tools, so that one that is taken away in mid-turn is not called again. */
    public ToolGate tools() {
        return new ToolGate(this, turn);
    }

    /** Names this run for feedback that comes later; hand its text to whoever may give some. */
    public RunRef ref() {
        var labels = new ArrayList<RunRef.Label>(decisions.size());
        for (Decision decision : decisions) {
            if (decision.status() == Status.SERVED || decision.variant() != null) {
                labels.add(new RunRef.Label(decision.flag(), decision.label(), decision.reason(), decision.version()));
            }
        }
        return new RunRef(id, runs.agent(), labels);
    }

    /** Reports one finished call of the model. */
    public void modelCall(long inputTokens, long outputTokens) {
        modelCall(inputTokens, outputTokens, "stop");
    }

    /**
     * Reports one call of the model.
     *
     * @param inputTokens 0 if unknown
     * @param outputTokens 0 if unknown
     * @param finishReason why the model stopped, in any words; null if it did not say: the answer was cut short, which
     *     libraries do not report as an error, and a run whose last call was makes {@link #success} an error
     */
    public synchronized void modelCall(long inputTokens, long outputTokens, @Nullable String finishReason) {
        touch();
        modelCalls++;
        this.inputTokens += inputTokens;
        this.outputTokens += outputTokens;
        truncated = finishReason == null;
    }

    /**
     * Reports what something cost, in whatever currency all runs of the agent are reported in; it is summed over the run.
     *
     * @param amount ignored unless it is finite and at least 0
     */
    public synchronized void cost(double amount) {
        touch();
        if (amount >= 0 && amount < Double.POSITIVE_INFINITY) {
            costSeen = true;
            cost += amount;
        }
    }

    /** Reports one call of a tool, where it did not go through {@link #tools}. */
    public synchronized void toolCall(String tool, ToolOutcome outcome) {
        touch();
        switch (outcome) {
            case OK -> toolCalls++;
            case ERROR -> {
                toolCalls++;
                toolErrors++;
                failedTools.add(tool);
            }
            case REFUSED -> toolRefusals++;
        }
    }

    /** Reports that the caller sees the first of the answer; only the first report counts. */
    public void firstToken() {
        long now = runs.nanoTime();
        lastActivityNanos = now;
        synchronized (this) {
            if (!firstTokenSeen) {
                firstTokenSeen = true;
                firstTokenNanos = now;
            }
        }
    }

    /** Ends this run: the agent answered, unless its answer was cut short. */
    public void success() {
        end(null);
    }

    /**
     * Ends this run: the agent failed. Whose fault it was is up to the classifier; a {@link CancellationException} or
     * {@link InterruptedException} is nobody's and means {@link #cancelled}.
     */
    public void error(Throwable error) {
        Throwable cause = unwrapped(error);
        if (cause == null) {
            close();
        } else if (cause instanceof CancellationException || cause instanceof InterruptedException) {
            cancelled();
        } else {
            error(cause, runs.classify(cause));
        }
    }

    /** Ends this run: the agent failed, and the caller knows whose fault it was. */
    public void error(Throwable error, ErrorClass cause) {
        end(new RunEnd.Failed(cause, unwrapped(error).getClass().getName()));
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Ends this run: the answer was not wanted any more. */
    public void cancelled() {
        end(new RunEnd.Cancelled());
    }

    /**
     * Ends this run if nothing else has, as an error of type {@link RunEnd.Failed#UNFINISHED} and unknown cause: in a try
     * block that is what an exception looks like from here, whatever it was. To have it classed, catch it and call {@link
     * #error(Throwable)}, or use {@link AgentFlags#call}.
     */
    @Override
    public void close() {
        end(new RunEnd.Failed(ErrorClass.UNKNOWN, RunEnd.Failed.UNFINISHED));
    }

    void abandon() {
        end(new RunEnd.Abandoned());
    }

    /** Notes a sign of life that is not reported. */
    void touch() {
        lastActivityNanos = runs.nanoTime();
    }

    synchronized boolean isLive() {
        return !ended;
    }

    boolean idleSince(long nanos) {
        return lastActivityNanos - nanos < 0;
    }

    private void end(@Nullable RunEnd end) {
        long now = runs.nanoTime();
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        runs.ended(this, outcome(end == null ? answered() : end, now));
    }

    private synchronized RunEnd answered() {
        return truncated
                ? new RunEnd.Failed(ErrorClass.INFRASTRUCTURE, RunEnd.Failed.TRUNCATED)
                : new RunEnd.Succeeded();
    }

    private synchronized RunOutcome outcome(RunEnd end, long now) {
        return new RunOutcome(
                ref(),
                caller,
                decisions,
                end,
                Duration.ofNanos(now - startNanos),
                firstTokenSeen ? Duration.ofNanos(firstTokenNanos - startNanos) : null,
                new RunOutcome.Usage(modelCalls, inputTokens, outputTokens, costSeen ? cost : null),
                new RunOutcome.Tools(toolCalls, toolErrors, toolRefusals, failedTools));
    }
}
