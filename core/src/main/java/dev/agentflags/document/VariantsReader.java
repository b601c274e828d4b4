package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Treatment;
import dev.agentflags.model.Variants;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a flag can serve, and to whom it serves which. */
final class VariantsReader {

    private static final String ON = "on";
    private static final String OFF = "off";
    private static final double MAX_WEIGHT = 1_000_000_000;

    /** Of a flag that names none. */
    private static final Map<String, FlagValue> ON_AND_OFF = onAndOff();

    private static final Variants BOOLEAN = new Variants(ON_AND_OFF, new Treatment.Single(ON), OFF);

    private final Fields fields;
    private final Problems problems;

    private VariantsReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /** Returns the variants; where something is wrong, it is reported, and what comes back is of no use. */
    static Variants read(Fields fields, Problems problems) {
        boolean plain = !fields.has("variants")
                && !fields.has("on_variant")
                && !fields.has("off_variant")
                && !fields.has("split");
        return plain ? BOOLEAN : new VariantsReader(fields, problems).read();
    }

    private Variants read() {
        int before = problems.errors();
        Map<String, FlagValue> values = values();
        if (problems.errors() > before) {
            return BOOLEAN;
        }
        return new Variants(values, treatment(values), off(values));
    }

    private Map<String, FlagValue> values() {
        JsonNode node = fields.node("variants");
        if (node == null) {
            return ON_AND_OFF;
        }
        Map<String, FlagValue> values = new LinkedHashMap<>();
        Place place = fields.place().child("variants");
        if (Fields.of(node, place, problems) == null) {
            return values;
        }
        node.properties().forEach(variant -> {
            FlagValue value = ValueReader.read(variant.getValue(), place.child(variant.getKey()), problems);
            if (value != null) {
                check(variant.getKey(), value, values, place);
                values.put(variant.getKey(), value);
            }
        });
        if (node.isEmpty()) {
            problems.error(place, "expected at least one variant, found none");
        }
        return values;
    }

    private void check(String name, FlagValue value, Map<String, FlagValue> earlier, Place place) {
        if (name.isEmpty()) {
            problems.error(place.child(name), "expected a name, found an empty one");
        }
        if (value instanceof FlagValue.Null) {
            problems.error(place.child(name), "expected a value, found null");
        }
        earlier.values().stream().findFirst().ifPresent(first -> {
            String type = ValueReader.typeOf(first);
            if (!type.equals(ValueReader.typeOf(value))) {
                problems.error(
                        place.child(name),
                        "expected the type of the other variants, %s, found %s"
                                .formatted(type, ValueReader.typeOf(value)));
            }
        });
    }

    private Treatment treatment(Map<String, FlagValue> values) {
        if (!fields.has("split")) {
            return new Treatment.Single(named("on_variant", ON, values));
        }
        if (fields.has("on_variant")) {
            fields.error("on_variant", "expected either on_variant or split, found both");
        }
        return Treatment.Split.of(weights(values));
    }

    private Map<String, Double> weights(Map<String, FlagValue> values) {
        Map<String, Double> weights = new TreeMap<>();
        JsonNode node = fields.node("split");
        Place place = fields.place().child("split");
        Fields split = node == null ? null : Fields.of(node, place, problems);
        if (node == null || split == null) {
            return weights;
        }
        int before = problems.errors();
        node.fieldNames().forEachRemaining(variant -> {
            if (!values.containsKey(variant)) {
                problems.error(place.child(variant), "expected the name of a variant, one of " + values.keySet());
            }
            Double weight = split.number(variant, 0, MAX_WEIGHT);
            if (weight != null) {
                weights.put(variant, weight);
            }
        });
        if (problems.errors() == before && weights.values().stream().allMatch(weight -> weight == 0)) {
            problems.error(place, "expected a weight above 0, found none");
        }
        return weights;
    }

    private @Nullable String off(Map<String, FlagValue> values) {
        JsonNode node = fields.node("off_variant");
        return node != null && node.isNull() ? null : named("off_variant", OFF, values);
    }

    private String named(String field, String fallback, Map<String, FlagValue> values) {
        if (fields.has(field)) {
            String name = fields.text(field);
            if (name != null && !values.containsKey(name)) {
                fields.error(
                        field,
                        "expected the name of a variant, one of " + values.keySet() + ", found \"" + name + "\"");
            }
            return name == null ? fallback : name;
        }
        if (!values.containsKey(fallback)) {
            fields.error(field, "no variant is called \"" + fallback + "\": expected one of " + values.keySet());
        }
        return fallback;
    }

    private static Map<String, FlagValue> onAndOff() {
        Map<String, FlagValue> values = new LinkedHashMap<>();
        values.put(ON, new FlagValue.Bool(true));
        values.put(OFF, new FlagValue.Bool(false));
        return values;
    }
}
