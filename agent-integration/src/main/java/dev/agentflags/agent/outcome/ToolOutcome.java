package dev.agentflags.agent.outcome;

/** How one call of a tool went. */
public enum ToolOutcome {

    /** It gave a result. */
    OK,

    /** It threw, or its result says that it failed. The run goes on: the model may do without. */
    ERROR,

    /** It was not called, since the agent may not use it, or no longer. */
    REFUSED
}
