package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentflags.model.Condition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each asked for once, by name and type.
 *
 * <p>What is absent or wrong comes back as the fallback; what is wrong is also reported. Not safe for use by many threads.
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

    boolean has(String name) {
        known.add(name);
        return object.has(name);
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
    String text(String name) {
        return read(name, "a string", node -> node.isTextual() ? node.textValue() : null);
    }

    @Nullable
    Boolean flag(String name) {
        return read(name, "true or false", node -> node.isBoolean() ? node.booleanValue() : null);
    }

    @Nullable
    Double number(String name, double min, double max) {
        String expected = "a number from %s to %s".formatted(Found.plain(min), Found.plain(max));
        return read(name, expected, node -> {
            boolean inside = node.isNumber() && node.doubleValue() >= min && node.doubleValue() <= max;
            return inside ? node.doubleValue() : null;
        });
    }

    @Nullable
    Long whole(String name) {
        return read(
                name,
                "a whole number from 0 to 2^63-1",
                node -> isWhole(node) && node.longValue() >= 0 ? node.longValue() : null);
    }

    private static boolean isWhole(JsonNode node) {
        return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong();
    }

    @Nullable
    Instant instant(String name) {
        return read(
                name,
                "a time such as 2026-11-22T12:00:00Z",
                node -> node.isTextual() ? Condition.Time.parse(node.textValue()) : null);
    }

    @Nullable
    LocalDate date(String name) {
        return read(name, "a date such as 2027-03-01", parsed(LocalDate::parse));
    }

    @Nullable
    Duration duration(String name) {
        return read(name, "a duration such as PT24H", parsed(Duration::parse));
    }

    private static <T> Function<JsonNode, @Nullable T> parsed(Function<String, T> parser) {
        return node -> {
            try {
                return node.isTextual() ? parser.apply(node.textValue()) : null;
            } catch (DateTimeException e) {
                return null;
            }
        };
    }

    /** Returns one of the names, or null. */
    @Nullable
    String oneOf(String name, List<String> names) {
        return read(name, "one of " + names, node -> names.contains(node.textValue()) ? node.textValue() : null);
    }

    /** Returns a list of strings without duplicates, in order; empty where it is absent. */
    Set<String> texts(String name) {
        Set<String> texts = new LinkedHashSet<>();
        JsonNode list = array(name);
        if (list != null) {
            int index = 0;
            for (JsonNode item : list) {
                if (item.isTextual()) {
                    texts.add(item.textValue());
                } else {
                    problems.error(place.child(name).child(index), Found.expected("a string", item));
                }
                index++;
            }
        }
        return texts;
    }

    /** Returns what a reader makes of each item; items that it returns null for are left out. */
    <T> List<T> items(String name, ItemReader<T> reader) {
        List<T> items = new ArrayList<>();
        JsonNode list = array(name);
        if (list != null) {
            int index = 0;
            for (JsonNode node : list) {
                T item = reader.read(node, place.child(name).child(index));
                if (item != null) {
                    items.add(item);
                }
                index++;
            }
        }
        return items;
    }

    /** Makes something of one item of a list, or reports why it cannot and returns null. */
    interface ItemReader<T> {
        @Nullable
        T read(JsonNode item, Place place);
    }

    private @Nullable JsonNode array(String name) {
        return read(name, "an array", node -> node.isArray() ? node : null);
    }

    private <T> @Nullable T read(String name, String expected, Function<JsonNode, @Nullable T> reader) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        T value = reader.apply(node);
        if (value == null) {
            problems.error(place.child(name), Found.expected(expected, node));
        }
        return value;
    }

    /** Warns of every field that was not asked for and is not free. */
    void warnOfUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !name.startsWith(FREE_PREFIX)) {
                problems.warning(place.child(name), "unknown field; a name of your own must start with " + FREE_PREFIX);
            }
        });
    }
}
