package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.ConfigRules;
import dev.agentflags.agent.config.InvalidConfigException;
import dev.openfeature.sdk.Value;
import java.util.function.UnaryOperator;

/**
 * One flag and what its value changes. Immutable.
 *
 * @param flag the flag's key
 * @param question what the flag is asked
 * @param change what its value makes of a configuration
 * @param changesTools whether its value may add tools or take them away
 */
record Step(String flag, Question question, Change change, boolean changesTools) {

    /** What a value makes of a configuration. */
    @FunctionalInterface
    interface Change {

        AgentConfig apply(Value value, AgentConfig config) throws InvalidConfigException;
    }

    /** A change that is switched on. */
    static Step toggle(String flag, UnaryOperator<AgentConfig> change) {
        return new Step(flag, Question.BOOLEAN, (value, config) -> change.apply(config), true);
    }

    static Step model(String flag, ConfigRules rules) {
        return new Step(
                flag, Question.STRING, (value, config) -> config.model(rules.readModel(value.asString())), false);
    }

    static Step systemPrompt(String flag, ConfigRules rules) {
        return new Step(
                flag,
                Question.STRING,
                (value, config) -> config.systemPrompt(rules.readSystemPrompt(value.asString())),
                false);
    }

    static Step tools(String flag, ConfigRules rules) {
        return new Step(flag, Question.OBJECT, (value, config) -> config.tools(rules.readTools(value)), true);
    }

    static Step parameters(String flag, ConfigRules rules) {
        return new Step(
                flag, Question.OBJECT, (value, config) -> config.parameters(rules.readParameters(value)), false);
    }

    static Step bundle(String flag, ConfigRules rules) {
        return new Step(flag, Question.OBJECT, rules::read, true);
    }
}
