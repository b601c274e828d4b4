package dev.agentflags.agent.config;

import java.util.List;

/** A flag's value is not a configuration that the agent may run with. */
public final class InvalidConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidConfigException(List<String> problems) {
        super(String.join("; ", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** Every problem, as in {@code $.parameters.temperature: must be 0..2, found 3.5}; never a prompt's text. */
    public List<String> problems() {
        return problems;
    }
}
