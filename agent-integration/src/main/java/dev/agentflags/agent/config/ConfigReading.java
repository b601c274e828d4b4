package dev.agentflags.agent.config;

import dev.agentflags.agent.config.ParameterRule.Choice;
import dev.agentflags.agent.config.ParameterRule.Decimal;
import dev.agentflags.agent.config.ParameterRule.Switch;
import dev.agentflags.agent.config.ParameterRule.Whole;
import dev.openfeature.sdk.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one value, and the problems met on the way. A part that has a problem is read as something harmless,
 * so that reading goes on and finds the others. Not safe for use by many threads.
 */
final class ConfigReading {

    private static final Collection<String> FIELDS = List.of("model", "system_prompt", "tools", "parameters");

    /** Up to here a double holds every whole number. */
    private static final double MAX_EXACT = 1L << 53;

    private final ConfigRules rules;
    private final List<String> problems = new ArrayList<>(0);

    ConfigReading(ConfigRules rules) {
        this.rules = rules;
    }

    <T> T result(T read) throws InvalidConfigException {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return read;
    }

    AgentConfig config(Value value, AgentConfig base) {
        var fields = fields("$", value, FIELDS);
        Value model = fields.get("model");
        Value prompt = fields.get("system_prompt");
        Value tools = fields.get("tools");
        Value parameters = fields.get("parameters");
        return new AgentConfig(
                model == null ? base.model() : model("$.model", model),
                prompt == null ? base.systemPrompt() : text("$.system_prompt", prompt),
                tools == null ? base.tools() : tools("$.tools", tools),
                parameters == null ? base.parameters() : parameters("$.parameters", parameters));
    }

    AgentConfig template(AgentConfig config, Set<String> variables) {
        Map<String, String> filled = variables.stream().collect(Collectors.toMap(name -> name, name -> name));
        String problem = new PromptTemplate(config.systemPrompt()).problem(filled);
        return problem == null ? config : problem("$.system_prompt: " + problem, config);
    }

    String model(String path, Value value) {
        String model = text(path, value);
        Set<String> allowed = rules.models();
        if (!model.isEmpty() && allowed != null && !allowed.contains(model)) {
            problems.add(ConfigRules.notAllowed(path, allowed, model));
        }
        return model;
    }

    Set<String> toolsObject(Value value) {
        Value tools = fields("$", value, List.of("tools")).get("tools");
        return tools("$.tools", tools == null ? new Value() : tools);
    }

    Set<String> tools(String path, Value value) {
        List<Value> list = value.asList();
        if (list == null) {
            return problem(path + ": expected a list of names, found " + kind(value), Set.of());
        }
        var tools = new LinkedHashSet<String>();
        Set<String> allowed = rules.tools();
        for (int i = 0; i < list.size(); i++) {
            String tool = text(path + "[" + i + "]", list.get(i));
            if (!tool.isEmpty() && allowed != null && !allowed.contains(tool)) {
                problems.add(ConfigRules.notAllowed(path + "[" + i + "]", allowed, tool));
            }
            tools.add(tool);
        }
        return tools;
    }

    Parameters parameters(String path, Value value) {
        var parameters = new LinkedHashMap<String, Object>();
        fields(path, value, rules.parameterNames()).forEach((name, field) -> {
            ParameterRule rule = rules.parameter(name);
            Object read = rule == null ? null : parameter(path + "." + name, field, rule);
            if (read != null) {
                parameters.put(name, read);
            }
        });
        return new Parameters(parameters);
    }

    private @Nullable Object parameter(String path, Value value, ParameterRule rule) {
        if (rule instanceof Decimal decimal) {
            return decimal(path, value, decimal);
        }
        if (rule instanceof Whole whole) {
            return whole(path, value, whole);
        }
        if (rule instanceof Choice choice) {
            return choice(path, value, choice);
        }
        if (rule instanceof Switch) {
            return value.isBoolean() ? value.asBoolean() : nothing(path + ": expected a boolean, found " + kind(value));
        }
        throw new AssertionError(rule);
    }

    private @Nullable Object decimal(String path, Value value, Decimal rule) {
        if (!value.isNumber()) {
            return nothing(path + ": expected a number, found " + kind(value));
        }
        double number = value.asDouble();
        if (number >= rule.min() && number <= rule.max()) {
            return number;
        }
        return nothing(path + ": must be " + plain(rule.min()) + ".." + plain(rule.max()) + ", found " + plain(number));
    }

    private @Nullable Object whole(String path, Value value, Whole rule) {
        if (!value.isNumber()) {
            return nothing(path + ": expected an integer, found " + kind(value));
        }
        if (!isWhole(value)) {
            return nothing(path + ": expected an integer, found " + plain(value.asDouble()));
        }
        long whole = value.asLong();
        if (whole >= rule.min() && whole <= rule.max()) {
            return whole;
        }
        return nothing(path + ": must be " + rule.min() + ".." + rule.max() + ", found " + whole);
    }

    /** Readers of JSON may deliver 256 as 256.0, and {@link Value#asLong} would cut a fraction off. */
    private static boolean isWhole(Value number) {
        Object exact = number.asObject();
        double decimal = number.asDouble();
        return exact instanceof Integer
                || exact instanceof Long
                || (decimal == Math.rint(decimal) && Math.abs(decimal) <= MAX_EXACT);
    }

    private @Nullable Object choice(String path, Value value, Choice rule) {
        String text = value.asString();
        if (text == null || !rule.values().contains(text)) {
            return nothing(ConfigRules.notAllowed(path, rule.values(), text == null ? kind(value) : text));
        }
        return text;
    }

    /** The text; empty, with a problem, if it is none. */
    String text(String path, Value value) {
        String text = value.asString();
        if (text == null) {
            return problem(path + ": expected a string, found " + kind(value), "");
        }
        return text.isBlank() ? problem(path + ": must not be blank", "") : text;
    }

    private Map<String, Value> fields(String path, Value value, Collection<String> known) {
        if (!value.isStructure()) {
            return problem(path + ": expected an object, found " + kind(value), Map.of());
        }
        var fields = new LinkedHashMap<String, Value>();
        value.asStructure().asUnmodifiableMap().forEach((name, field) -> {
            if (known.contains(name)) {
                fields.put(name, field == null ? new Value() : field);
            } else {
                problems.add(path + "." + name + ": unknown field, expected one of " + known);
            }
        });
        return fields;
    }

    private static String kind(Value value) {
        if (value.isNull()) {
            return "null";
        }
        if (value.isBoolean()) {
            return "a boolean";
        }
        if (value.isNumber()) {
            return "a number";
        }
        if (value.isString()) {
            return "a string";
        }
        return value.isList() ? "a list" : value.isStructure() ? "an object" : "a date";
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private <T> T problem(String problem, T harmless) {
        problems.add(problem);
        return harmless;
    }

    private @Nullable Object nothing(String problem) {
        problems.add(problem);
        return null;
    }
}
