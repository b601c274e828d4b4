package dev.agentflags.cli;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a person from a line: the user's name, or an object with {@code targetingKey}, {@code plan} and {@code attributes}.
 *
 * @param defaults what holds where the line does not say otherwise
 */
record PersonReader(Person defaults) {

    private static final String USER = "targetingKey";
    private static final String PLAN = "plan";
    private static final String ATTRIBUTES = "attributes";

    /**
     * Reads a line.
     *
     * @param line not blank
     * @throws IllegalArgumentException if it is an object, but not of a person
     */
    Person read(String line) {
        return line.charAt(0) == '{' ? object(line) : new Person(line, defaults.plan(), defaults.attributes());
    }

    private Person object(String line) {
        Map<String, FlagValue> fields = fields(line);
        String user = text(fields, USER);
        String plan = text(fields, PLAN);
        Map<String, FlagValue> attributes = new LinkedHashMap<>(defaults.attributes());
        FlagValue named = fields.remove(ATTRIBUTES);
        if (named instanceof Structure structure) {
            attributes.putAll(structure.fields());
        } else if (named != null) {
            throw new IllegalArgumentException("/attributes: expected an object, found " + JsonText.write(named));
        }
        attributes.putAll(fields);
        return new Person(user, plan == null ? defaults.plan() : plan, attributes);
    }

    private static Map<String, FlagValue> fields(String line) {
        try {
            if (JsonText.read(line) instanceof Structure structure) {
                return new LinkedHashMap<>(structure.fields());
            }
            throw new AssertionError("what begins with a brace is an object or not JSON");
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e.problems().get(0).message(), e);
        }
    }

    private static @Nullable String text(Map<String, FlagValue> fields, String name) {
        FlagValue value = fields.remove(name);
        if (value == null || value instanceof FlagValue.Null) {
            return null;
        }
        if (value instanceof Text text) {
            return text.value();
        }
        throw new IllegalArgumentException("/" + name + ": expected a string, found " + JsonText.write(value));
    }
}
