package dev.agentflags.evaluation;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.model.Ruleset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests of the engine begin with: rulesets from JSON with single quotes, and subjects. */
final class Given {

    private Given() {}

    static Evaluator flags(String json) {
        return Evaluator.compile(ruleset(json));
    }

    /** Reads a document, errors of single flags included. */
    static Ruleset ruleset(String json) {
        try {
            return DocumentReader.read(json.replace('\'', '"')).ruleset();
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Person nobody() {
        return new Person(null, null, Map.of());
    }

    static Person user(String user) {
        return new Person(user, null, Map.of());
    }

    /** A subject that is a value. */
    record Person(@Nullable String user, @Nullable String plan, Map<String, Object> attributes) implements Subject {

        Person onPlan(String other) {
            return new Person(user, other, attributes);
        }

        Person with(String name, Object value) {
            Map<String, Object> more = new HashMap<>(attributes);
            more.put(name, value);
            return new Person(user, plan, more);
        }

        @Override
        public @Nullable Object attribute(String name) {
            return attributes.get(name);
        }
    }
}
