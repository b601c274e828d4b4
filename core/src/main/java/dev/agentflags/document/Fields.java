package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each asked for by name and type.
 *
 * <p>What is absent or wrong comes back as null, or as an empty list; what is wrong is also reported. Not safe for use by many
 * threads.
 */
final class Fields {

    private static final String FREE_PREFIX = "x-";

    private final ObjectNode object;
    private final Place place;
    private final Problems problems;
    private final Set<String> known = new HashSet<>();

    private Fields(ObjectNode object, Place place, Problems problems) {
        this.object = object;
        this.place = place;
        this.problems = problems;
    }

    /** Returns the fields of a value that must be an object, or null, reported, where it is none. */
    static @Nullable Fields of(JsonNode node, Place place, Problems problems) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, place, problems);
        }
        problems.error(place, Found.expected("an object", node));
        return null;
    }

    Place place() {
        return place;
    }

    /** Returns all fields, for an object whose names are keys. */
    Set<Map.Entry<String, JsonNode>> entries() {
        return object.properties();
    }

    /** Makes these names known, whatever comes of the others. */
    void know(String... names) {
        known.addAll(List.of(names));
    }

    boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    /** Reports a field that must be there and is not. */
    void require(String name, String expected) {
        if (!has(name)) {
            error(name, Found.expected(expected, null));
        }
    }

    @Nullable
    JsonNode node(String name) {
        known.add(name);
        return object.get(name);
    }

    void error(String name, String message) {
        problems.error(place.child(name), message);
    }

    @Nullable
    Fields object(String name) {
        JsonNode node = node(name);
        return node == null ? null : of(node, place.child(name), problems);
    }

    @Nullable
    String text(String name) {
        return read(name, "a string", JsonNode::textValue);
    }

    /** Returns a string that is not empty. */
    @Nullable
    String name(String name) {
        return read(name, "a string that is not empty", node -> "".equals(node.textValue()) ? null : node.textValue());
    }

    @Nullable
    Boolean flag(String name) {
        return read(name, "true or false", node -> node.isBoolean() ? node.booleanValue() : null);
    }

    /** Returns any number; 0 where it is -0. */
    @Nullable
    Double number(String name) {
        return read(name, "a number", node -> node.isNumber() ? node.doubleValue() + 0.0 : null);
    }

    /** Returns a number from {@code min} to {@code max}; 0 where it is -0. */
    @Nullable
    Double number(String name, double min, double max) {
        JsonNode node = node(name);
        boolean isInside = node != null && node.isNumber() && node.doubleValue() >= min && node.doubleValue() <= max;
        if (node != null && !isInside) {
            error(name, Found.expected("a number from %s to %s".formatted(Found.plain(min), Found.plain(max)), node));
        }
        return node != null && isInside ? node.doubleValue() + 0.0 : null;
    }

    /** Returns a number above 0, up to {@code max}. */
    @Nullable
    Double numberAbove0(String name, double max) {
        return read(
                name,
                "a number above 0 and at most " + Found.plain(max),
                node -> isBetween(node, 0, false, max, true) ? node.doubleValue() : null);
    }

    /** Returns a number from, or above, {@code min}, below {@code max}; 0 where it is -0. */
    @Nullable
    Double numberBelow(String name, double min, boolean orMin, double max) {
        return read(
                name,
                "a number %s %s and below %s".formatted(orMin ? "from" : "above", Found.plain(min), Found.plain(max)),
                node -> isBetween(node, min, orMin, max, false) ? node.doubleValue() + 0.0 : null);
    }

    private static boolean isBetween(JsonNode node, double min, boolean orMin, double max, boolean orMax) {
        double number = node.isNumber() ? node.doubleValue() : Double.NaN;
        return (number > min || (orMin && number == min)) && (number < max || (orMax && number == max));
    }

    @Nullable
    Long whole(String name) {
        return read(name, "a whole number from 0 to 2^63-1", node -> isWhole(node) ? node.longValue() : null);
    }

    private static boolean isWhole(JsonNode node) {
        return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong() && node.longValue() >= 0;
    }

    /** Returns what a notation makes of a string. */
    <T> @Nullable T notation(String name, Notation<T> notation) {
        return read(name, notation.expected(), notation::read);
    }

    /** Returns one of the names, or null. */
    @Nullable
    String oneOf(String name, Set<String> names) {
        JsonNode node = node(name);
        String text = node == null ? null : node.textValue();
        if (node == null || (text != null && names.contains(text))) {
            return text;
        }
        error(name, Found.expected("one of " + names, node));
        return null;
    }

    /** Returns a list of strings without duplicates, in order; empty where it is absent. */
    Set<String> texts(String name) {
        Set<String> texts = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode item : array(name)) {
            if (item.isTextual()) {
                texts.add(item.textValue());
            } else {
                problems.error(place.child(name).child(index), Found.expected("a string", item));
            }
            index++;
        }
        return texts;
    }

    /** Returns what a reader makes of each item; items that it returns null for are left out. */
    <T> List<T> items(String name, ItemReader<T> reader) {
        List<T> items = new ArrayList<>();
        int index = 0;
        for (JsonNode node : array(name)) {
            T item = reader.read(node, place.child(name).child(index));
            if (item != null) {
                items.add(item);
            }
            index++;
        }
        return items;
    }

    private Iterable<JsonNode> array(String name) {
        JsonNode array = read(name, "an array", node -> node.isArray() ? node : null);
        return array == null ? List.of() : array;
    }

    /** Makes something of one item of a list, or reports why it cannot and returns null. */
    interface ItemReader<T> {
        @Nullable
        T read(JsonNode item, Place place);
    }

    private <T> @Nullable T read(String name, String expected, Function<JsonNode, @Nullable T> reader) {
        JsonNode node = node(name);
        T value = node == null ? null : reader.apply(node);
        if (node != null && value == null) {
            error(name, Found.expected(expected, node));
        }
        return value;
    }

    /** Warns of every field that was not asked for and is not free. */
    void warnOfUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !name.startsWith(FREE_PREFIX)) {
                problems.warning(
                        place.child(name),
                        "expected a known field, or a name that starts with " + FREE_PREFIX + ", found "
                                + Found.quoted(name));
            }
        });
    }
}
