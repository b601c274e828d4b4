package dev.agentflags.cli;

import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is different between a definition before and after a change, field by field. */
final class Differences {

    private static final String NOTHING = "–";

    private Differences() {}

    /**
     * One field that changed.
     *
     * @param before JSON, or a dash where the field was not there
     * @param after JSON, or a dash where the field is not there
     */
    record Difference(String field, String before, String after) {

        @Override
        public String toString() {
            String change = before + " → " + after;
            return field.isEmpty() ? change : field + " " + change;
        }
    }

    /** Returns the fields that differ, in their order; one without a name where either is no object. */
    static List<Difference> of(@Nullable FlagValue before, @Nullable FlagValue after) {
        boolean whole =
                (before != null && !(before instanceof Structure)) || (after != null && !(after instanceof Structure));
        if (whole) {
            return List.of(new Difference("", json(before), json(after)));
        }
        Map<String, FlagValue> old = fields(before);
        Map<String, FlagValue> now = fields(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(old.get(name), now.get(name))) {
                differences.add(new Difference(name, json(old.get(name)), json(now.get(name))));
            }
        }
        return differences;
    }

    private static Map<String, FlagValue> fields(@Nullable FlagValue value) {
        return value instanceof Structure structure ? structure.fields() : Map.of();
    }

    private static String json(@Nullable FlagValue value) {
        return value == null ? NOTHING : JsonText.write(value);
    }
}
