package dev.agentflags.rollout;

import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Null;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, to be written one by one, and to be read by name and type. Not safe for use by many threads. */
final class JsonFields {

    /** What an infinite number is written as: JSON has none. */
    private static final double LARGEST = 1e300;

    private final String place;
    private final Map<String, FlagValue> fields;

    private JsonFields(String place, Map<String, FlagValue> fields) {
        this.place = place;
        this.fields = fields;
    }

    /** Starts to write an object. */
    static JsonFields writing() {
        return new JsonFields("", new LinkedHashMap<>());
    }

    /**
     * Starts to read an object.
     *
     * @param place where it stands, for messages
     * @throws IllegalArgumentException if it is none
     */
    static JsonFields of(String place, @Nullable FlagValue value) {
        if (value instanceof Structure structure) {
            return new JsonFields(place, structure.fields());
        }
        throw expected(place, "an object", value);
    }

    /** Puts a field, unless it is null. */
    JsonFields put(String name, @Nullable FlagValue value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    JsonFields put(String name, @Nullable String text) {
        return put(name, text == null ? null : new Text(text));
    }

    JsonFields put(String name, @Nullable Instant time) {
        return put(name, time == null ? null : time.toString());
    }

    JsonFields put(String name, @Nullable Enum<?> constant) {
        return put(name, constant == null ? null : constant.name().toLowerCase(Locale.ROOT));
    }

    JsonFields put(String name, boolean value) {
        return put(name, new Bool(value));
    }

    JsonFields put(String name, long number) {
        return put(name, new Whole(number));
    }

    JsonFields put(String name, @Nullable Double number) {
        return put(name, number == null ? null : new Decimal(Math.min(number, LARGEST)));
    }

    <T> JsonFields put(String name, List<T> items, Function<T, FlagValue> writer) {
        return put(name, new Sequence(items.stream().map(writer).toList()));
    }

    FlagValue value() {
        return new Structure(fields);
    }

    boolean has(String name) {
        return fields.containsKey(name) && !(fields.get(name) instanceof Null);
    }

    Iterable<String> names() {
        return fields.keySet();
    }

    JsonFields object(String name) {
        return of(place + "/" + name, fields.get(name));
    }

    @Nullable
    FlagValue value(String name) {
        return fields.get(name);
    }

    String text(String name) {
        if (fields.get(name) instanceof Text text) {
            return text.value();
        }
        throw expected(place + "/" + name, "a string", fields.get(name));
    }

    long whole(String name) {
        if (fields.get(name) instanceof Whole whole) {
            return whole.value();
        }
        throw expected(place + "/" + name, "a whole number", fields.get(name));
    }

    double number(String name) {
        return number(place + "/" + name, fields.get(name));
    }

    private static double number(String place, @Nullable FlagValue value) {
        if (value instanceof Decimal decimal) {
            return decimal.value();
        }
        if (value instanceof Whole whole) {
            return whole.value();
        }
        throw expected(place, "a number", value);
    }

    boolean flag(String name) {
        if (fields.get(name) instanceof Bool bool) {
            return bool.value();
        }
        throw expected(place + "/" + name, "true or false", fields.get(name));
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw expected(place + "/" + name, "a time", fields.get(name));
        }
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw expected(place + "/" + name, "one of " + List.of(type.getEnumConstants()), fields.get(name));
        }
    }

    /** Returns what a reader makes of each object of an array. */
    <T> List<T> objects(String name, Function<JsonFields, T> reader) {
        List<T> read = new ArrayList<>();
        for (FlagValue item : items(name)) {
            read.add(reader.apply(of(place + "/" + name + "/" + read.size(), item)));
        }
        return read;
    }

    List<Double> numbers(String name) {
        return items(name).stream()
                .map(item -> number(place + "/" + name, item))
                .toList();
    }

    List<String> texts(String name) {
        return items(name).stream()
                .map(item -> {
                    if (item instanceof Text text) {
                        return text.value();
                    }
                    throw expected(place + "/" + name, "strings", item);
                })
                .toList();
    }

    private List<FlagValue> items(String name) {
        if (fields.get(name) instanceof Sequence sequence) {
            return sequence.items();
        }
        throw expected(place + "/" + name, "an array", fields.get(name));
    }

    private static IllegalArgumentException expected(String place, String what, @Nullable FlagValue found) {
        String kind =
                found == null ? "nothing" : found.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return new IllegalArgumentException("%s: expected %s, found %s".formatted(place, what, kind));
    }
}
