package dev.agentflags.agent.config;

import dev.openfeature.sdk.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What flags may put into an agent's configuration: which models, which tools, which parameters. Immutable.
 *
 * <p>A flag's value comes from outside the code, so it is read strictly: unknown fields, wrong types, blank text and
 * whatever is not allowed are problems, each named by its place in the value.
 */
public final class ConfigRules {

    private final @Nullable Set<String> models;
    private final @Nullable Set<String> tools;
    private final Map<String, ParameterRule> parameters;
    private final List<String> parameterNames;

    private ConfigRules(Builder builder) {
        this.models = builder.models;
        this.tools = builder.tools;
        this.parameters = Map.copyOf(builder.parameters);
        this.parameterNames = parameters.keySet().stream().sorted().toList();
    }

    /** Any model, any tool, the {@link ParameterRule#STANDARD} parameters. */
    public static ConfigRules lenient() {
        return builder().build();
    }

    /** These models and tools and no others, and the {@link ParameterRule#STANDARD} parameters. */
    public static ConfigRules allowing(Set<String> models, Set<String> tools) {
        return builder().models(models).tools(tools).build();
    }

    /** Starts from {@link #lenient()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The models that are allowed; null for any. */
    public @Nullable Set<String> models() {
        return models;
    }

    /** The tools that are allowed; null for any. */
    public @Nullable Set<String> tools() {
        return tools;
    }

    /**
     * Reads a configuration from an object such as {@code {"model": "big-1", "system_prompt": "Be brief.", "tools":
     * ["search"], "parameters": {"temperature": 0.2}}}.
     *
     * <p>A prompt is not looked at as a template: that depends on the variables of a turn.
     *
     * @param base what a field that is absent is taken from
     * @throws InvalidConfigException with every problem that the value has
     */
    public AgentConfig read(Value value, AgentConfig base) throws InvalidConfigException {
        var reading = new ConfigReading(this);
        return reading.result(reading.config(value, base));
    }

    /**
     * Reads a configuration as {@link #read(Value, AgentConfig)} does and, as a turn does, checks that its prompt is a
     * template that can be rendered. For CI, where there is no turn.
     *
     * @param variables names of the variables that every turn has
     * @throws InvalidConfigException with every problem that the value has
     */
    public AgentConfig read(Value value, AgentConfig base, Set<String> variables) throws InvalidConfigException {
        var reading = new ConfigReading(this);
        return reading.result(reading.template(reading.config(value, base), variables));
    }

    /**
     * Reads a model's name.
     *
     * @throws InvalidConfigException if it is blank or not allowed
     */
    public String readModel(String value) throws InvalidConfigException {
        var reading = new ConfigReading(this);
        return reading.result(reading.model("$", new Value(value)));
    }

    /**
     * Reads a system prompt.
     *
     * @throws InvalidConfigException if it is blank
     */
    public String readSystemPrompt(String value) throws InvalidConfigException {
        var reading = new ConfigReading(this);
        return reading.result(reading.text("$", new Value(value)));
    }

    /**
     * Reads the names of tools from a list, or from an object whose only field {@code tools} is one.
     *
     * @throws InvalidConfigException with every problem that the value has
     */
    public Set<String> readTools(Value value) throws InvalidConfigException {
        var reading = new ConfigReading(this);
        return reading.result(value.isStructure() ? reading.toolsObject(value) : reading.tools("$", value));
    }

    /**
     * Reads parameters from an object.
     *
     * @throws InvalidConfigException with every problem that the value has
     */
    public Parameters readParameters(Value value) throws InvalidConfigException {
        var reading = new ConfigReading(this);
        return reading.result(reading.parameters("$", value));
    }

    /**
     * Says what {@code config} holds that is not allowed; null if nothing.
     *
     * @param base the code's own configuration, whose model and tools are always allowed
     */
    public @Nullable String problem(AgentConfig config, AgentConfig base) {
        if (models != null
                && !models.contains(config.model())
                && !config.model().equals(base.model())) {
            return notAllowed("$.model", models, config.model());
        }
        if (tools != null) {
            for (String tool : config.tools()) {
                if (!tools.contains(tool) && !base.tools().contains(tool)) {
                    return notAllowed("$.tools", tools, tool);
                }
            }
        }
        return null;
    }

    static String notAllowed(String path, Collection<String> allowed, String found) {
        return path + ": expected one of " + new TreeSet<>(allowed) + ", found " + found;
    }

    @Nullable
    ParameterRule parameter(String name) {
        return parameters.get(name);
    }

    Collection<String> parameterNames() {
        return parameterNames;
    }

    /** Collects rules. Not safe for use by many threads. */
    public static final class Builder {

        private @Nullable Set<String> models;
        private @Nullable Set<String> tools;
        private final Map<String, ParameterRule> parameters = new LinkedHashMap<>();

        private Builder() {
            ParameterRule.STANDARD.forEach(this::parameter);
        }

        /** Allows these models and no others; any unless set. */
        public Builder models(Collection<String> models) {
            this.models = Set.copyOf(models);
            return this;
        }

        /** Allows these tools and no others; any unless set. */
        public Builder tools(Collection<String> tools) {
            this.tools = Set.copyOf(tools);
            return this;
        }

        /** Allows one more parameter, or replaces the rule of its name; {@link ParameterRule#STANDARD} unless set. */
        public Builder parameter(ParameterRule rule) {
            parameters.put(rule.name(), rule);
            return this;
        }

        /** Makes the rules. */
        public ConfigRules build() {
            return new ConfigRules(this);
        }
    }
}
