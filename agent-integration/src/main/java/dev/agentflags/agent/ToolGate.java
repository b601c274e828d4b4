package dev.agentflags.agent;

import dev.agentflags.agent.outcome.ToolOutcome;
import java.util.concurrent.Callable;

/**
 * Stands before the tools of one run: a tool that a flag takes away in mid-turn is not called again. Safe for use by
 * many threads.
 *
 * <p>At every call all flags are asked anew, since each may change what the ones before it left; where none of them has
 * a say in tools, a call costs nothing. Where a flag cannot be evaluated, the tool that it gave is refused. A run that has
 * ended has no tools any more.
 */
public final class ToolGate {

    private final AgentRun run;
    private final Turn turn;

    ToolGate(AgentRun run, Turn turn) {
        this.run = run;
        this.turn = turn;
    }

    /** Whether the agent may call {@code tool} now. Never throws. */
    public boolean permits(String tool) {
        run.touch();
        return run.isLive() && run.config().tools().contains(tool) && turn.stillAllows(tool);
    }

    /**
     * Calls a tool if the agent may, and reports to the run how it went.
     *
     * @return what {@code call} returns
     * @throws ToolRefusedException if the agent may not; {@code call} was not called
     * @throws Exception what {@code call} throws
     */
    public <T> T call(String tool, Callable<T> call) throws Exception {
        if (!permits(tool)) {
            run.toolCall(tool, ToolOutcome.REFUSED);
            throw new ToolRefusedException(tool);
        }
        try {
            T result = call.call();
            run.toolCall(tool, ToolOutcome.OK);
            return result;
        } catch (Exception | Error e) {
            run.toolCall(tool, ToolOutcome.ERROR);
            throw e;
        }
    }
}
