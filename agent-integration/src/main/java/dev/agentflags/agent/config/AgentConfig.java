package dev.agentflags.agent.config;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an agent runs with: its model, system prompt, tools and parameters. Immutable; each change gives a new one.
 *
 * @param model by the name that the model's provider knows
 * @param systemPrompt the text, or a {@link PromptTemplate} of it
 * @param tools names of the tools that the agent may call, in the order in which they are declared to the model
 * @param parameters of the model
 */
public record AgentConfig(String model, String systemPrompt, Set<String> tools, Parameters parameters) {

    /**
     * Copies the tools and keeps their order.
     *
     * @throws NullPointerException if there is no model or no prompt; an empty one is one
     */
    public AgentConfig {
        requireNonNull(model, "model");
        requireNonNull(systemPrompt, "systemPrompt");
        tools = ToolSet.of(tools);
    }

    /** A configuration without tools and parameters. */
    public static AgentConfig of(String model, String systemPrompt) {
        return new AgentConfig(model, systemPrompt, Set.of(), Parameters.NONE);
    }

    /** This configuration, with another model. */
    public AgentConfig model(String model) {
        return new AgentConfig(model, systemPrompt, tools, parameters);
    }

    /** This configuration, with another system prompt. */
    public AgentConfig systemPrompt(String systemPrompt) {
        return new AgentConfig(model, systemPrompt, tools, parameters);
    }

    /** This configuration, with exactly these tools. */
    public AgentConfig tools(String first, String... others) {
        var tools = new LinkedHashSet<String>();
        tools.add(first);
        tools.addAll(List.of(others));
        return tools(tools);
    }

    /** This configuration, with exactly these tools. */
    public AgentConfig tools(Collection<String> tools) {
        return new AgentConfig(model, systemPrompt, ToolSet.of(tools), parameters);
    }

    /** This configuration, with one more tool, after the others. */
    public AgentConfig addTool(String tool) {
        return tools(ToolSet.of(tools).with(tool));
    }

    /** This configuration, without this tool. */
    public AgentConfig removeTool(String tool) {
        return tools(ToolSet.of(tools).without(tool));
    }

    /** This configuration, with exactly these parameters. */
    public AgentConfig parameters(Parameters parameters) {
        return new AgentConfig(model, systemPrompt, tools, parameters);
    }

    /** This configuration, with one parameter more or replaced. */
    public AgentConfig parameter(String name, double value) {
        return parameters(parameters.with(name, value));
    }

    /** This configuration, with one parameter more or replaced. */
    public AgentConfig parameter(String name, long value) {
        return parameters(parameters.with(name, value));
    }

    /** This configuration, with one parameter more or replaced. */
    public AgentConfig parameter(String name, String value) {
        return parameters(parameters.with(name, value));
    }

    /** Describes this configuration without its prompt, since this may end in a log. */
    @Override
    public String toString() {
        return "AgentConfig[model=" + model + ", systemPrompt=" + systemPrompt.length() + " characters, tools=" + tools
                + ", parameters=" + parameters.values() + "]";
    }
}
