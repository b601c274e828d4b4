package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Treatment;
import dev.agentflags.model.Variants;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a flag can serve, and to whom it serves which. */
final class VariantsReader {

    private static final String ON = "on";
    private static final String OFF = "off";
    private static final double MAX_WEIGHT = 1_000_000_000;

    /** Of a flag that says nothing about variants. */
    private static final Variants BOOLEAN = new Variants(onAndOff(), new Treatment.Single(ON), OFF);

    private final Fields flag;
    private final Problems problems;

    private VariantsReader(Fields flag, Problems problems) {
        this.flag = flag;
        this.problems = problems;
    }

    /** Returns the variants, or null, reported, where they are not sound. */
    static @Nullable Variants read(Fields flag, Problems problems) {
        flag.know("variants", "on_variant", "off_variant", "split");
        boolean given = flag.has("variants") || flag.has("on_variant") || flag.has("off_variant") || flag.has("split");
        return given ? new VariantsReader(flag, problems).read() : BOOLEAN;
    }

    private @Nullable Variants read() {
        int before = problems.errors();
        Map<String, FlagValue> values = flag.has("variants") ? values() : BOOLEAN.values();
        if (problems.errors() > before) {
            return null;
        }
        var variants = new Variants(values, treatment(values.keySet()), off(values.keySet()));
        return problems.errors() > before ? null : variants;
    }

    private Map<String, FlagValue> values() {
        Map<String, FlagValue> values = new LinkedHashMap<>();
        Fields variants = flag.object("variants");
        if (variants == null) {
            return values;
        }
        for (Map.Entry<String, JsonNode> variant : variants.entries()) {
            String name = variant.getKey();
            FlagValue value =
                    ValueReader.read(variant.getValue(), variants.place().child(name), problems);
            if (name.isEmpty()) {
                variants.error(name, "expected a name, found an empty one");
            } else if (value instanceof FlagValue.Null) {
                variants.error(name, "expected a value, found null");
            } else {
                requireSameType(value, values.values(), variants, name);
                values.put(name, value);
            }
        }
        if (variants.entries().isEmpty()) {
            flag.error("variants", "expected at least one variant, found none");
        }
        return values;
    }

    private static void requireSameType(FlagValue value, Collection<FlagValue> earlier, Fields variants, String name) {
        String found = ValueReader.typeOf(value);
        String expected = earlier.stream().findFirst().map(ValueReader::typeOf).orElse(found);
        if (!found.equals(expected)) {
            variants.error(name, "expected the type of the other variants, %s, found %s".formatted(expected, found));
        }
    }

    private Treatment treatment(Collection<String> names) {
        if (!flag.has("split")) {
            return new Treatment.Single(named("on_variant", ON, names));
        }
        if (flag.has("on_variant")) {
            flag.error("on_variant", "expected either on_variant or split, found both");
        }
        return Treatment.Split.of(weights(names));
    }

    private Map<String, Double> weights(Collection<String> names) {
        Map<String, Double> weights = new TreeMap<>();
        Fields split = flag.object("split");
        if (split == null) {
            return weights;
        }
        int before = problems.errors();
        for (Map.Entry<String, JsonNode> share : split.entries()) {
            String name = share.getKey();
            requireVariant(split, name, name, names);
            Double weight = split.number(name, 0, MAX_WEIGHT);
            if (weight != null) {
                weights.put(name, weight);
            }
        }
        if (problems.errors() == before && weights.values().stream().allMatch(weight -> weight == 0)) {
            flag.error("split", "expected a weight above 0, found none");
        }
        return weights;
    }

    private @Nullable String off(Collection<String> names) {
        JsonNode node = flag.node("off_variant");
        return node != null && node.isNull() ? null : named("off_variant", OFF, names);
    }

    private String named(String field, String fallback, Collection<String> names) {
        if (!flag.has(field)) {
            if (!names.contains(fallback)) {
                flag.error(
                        field,
                        "expected one of %s, found nothing, and no variant is called \"%s\""
                                .formatted(Found.names(names), fallback));
            }
            return fallback;
        }
        String name = flag.text(field);
        if (name == null) {
            return fallback;
        }
        requireVariant(flag, field, name, names);
        return name;
    }

    /** Reports a field that names a variant which is not there. */
    static void requireVariant(Fields fields, String field, String name, Collection<String> names) {
        if (!names.contains(name)) {
            fields.error(
                    field,
                    "expected the name of a variant, one of %s, found %s"
                            .formatted(Found.names(names), Found.quoted(name)));
        }
    }

    private static Map<String, FlagValue> onAndOff() {
        Map<String, FlagValue> values = new LinkedHashMap<>();
        values.put(ON, new FlagValue.Bool(true));
        values.put(OFF, new FlagValue.Bool(false));
        return values;
    }
}
