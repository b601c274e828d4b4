package dev.agentflags.agent;

/** The agent may not call this tool, or no longer. Its message may be given to the model in place of a result. */
public final class ToolRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String tool;

    ToolRefusedException(String tool) {
        super("The tool " + tool + " is not available.", null, false, false);
        this.tool = tool;
    }

    /** The tool's name. */
    public String tool() {
        return tool;
    }
}
