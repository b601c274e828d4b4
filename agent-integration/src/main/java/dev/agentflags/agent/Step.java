package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.ConfigRules;
import dev.agentflags.agent.config.InvalidConfigException;
import dev.openfeature.sdk.Value;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One flag and what its value changes. Immutable.
 *
 * @param flag the flag's key
 * @param question what the flag is asked
 * @param change what its value makes of a configuration
 * @param touches the tools that the change adds or takes away; null if that depends on the value
 */
record Step(
        String flag,
        Question question,
        Change change,
        @Nullable Set<String> touches) {

    /** What a value makes of a configuration. */
    @FunctionalInterface
    interface Change {

        AgentConfig apply(Value value, AgentConfig config) throws InvalidConfigException;
    }

    /**
     * A change that is switched on.
     *
     * @param changed what the change makes of {@code base}: it is a pure function, so this tells which tools it is about
     */
    static Step toggle(String flag, UnaryOperator<AgentConfig> change, AgentConfig base, AgentConfig changed) {
        return new Step(
                flag,
                Question.BOOLEAN,
                (value, config) -> change.apply(config),
                difference(base.tools(), changed.tools()));
    }

    private static Set<String> difference(Set<String> some, Set<String> others) {
        var difference = new HashSet<>(some);
        difference.addAll(others);
        difference.removeIf(name -> some.contains(name) && others.contains(name));
        return Set.copyOf(difference);
    }

    static Step model(String flag, ConfigRules rules) {
        return new Step(
                flag, Question.STRING, (value, config) -> config.model(rules.readModel(value.asString())), Set.of());
    }

    static Step systemPrompt(String flag, ConfigRules rules) {
        return new Step(
                flag,
                Question.STRING,
                (value, config) -> config.systemPrompt(rules.readSystemPrompt(value.asString())),
                Set.of());
    }

    static Step tools(String flag, ConfigRules rules) {
        return new Step(flag, Question.OBJECT, (value, config) -> config.tools(rules.readTools(value)), null);
    }

    static Step parameters(String flag, ConfigRules rules) {
        return new Step(
                flag, Question.OBJECT, (value, config) -> config.parameters(rules.readParameters(value)), Set.of());
    }

    static Step bundle(String flag, ConfigRules rules) {
        return new Step(flag, Question.OBJECT, rules::read, null);
    }
}
