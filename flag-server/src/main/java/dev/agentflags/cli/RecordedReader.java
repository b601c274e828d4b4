package dev.agentflags.cli;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Null;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.model.GuardMetric.Name;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads recorded turns, one from each line. Not safe for use by many threads. */
final class RecordedReader {

    /** How many unknown names are remembered, to be told. */
    private static final int MOST_NAMES = 5;

    private final SortedSet<String> ignored = new TreeSet<>();

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is not a recorded turn; the message has the place and what was expected
     */
    Recorded read(String line) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(object("/", parsed(line)));
        Instant time = time(fields.remove("time"));
        Person person = new Person(
                text("/targetingKey", fields.remove("targetingKey")),
                text("/plan", fields.remove("plan")),
                optionalObject("/attributes", fields.remove("attributes")));
        Map<String, String> served = new LinkedHashMap<>();
        optionalObject("/variants", fields.remove("variants")).forEach((flag, variant) -> {
            String name = text("/variants/" + flag, variant);
            served.put(flag, name == null ? Recorded.CALLER_DEFAULT : name);
        });
        Map<Name, Double> values = values(fields);
        for (String name : fields.keySet()) {
            if (ignored.size() < MOST_NAMES && !name.startsWith("x-")) {
                ignored.add(name);
            }
        }
        return new Recorded(time, person, served, values);
    }

    /** Returns the names of some fields that nothing is known of. */
    SortedSet<String> ignored() {
        return ignored;
    }

    private static FlagValue parsed(String line) {
        try {
            return JsonText.read(line);
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e.problems().get(0).message(), e);
        }
    }

    private static Instant time(@Nullable FlagValue value) {
        if (value instanceof Text text) {
            try {
                return OffsetDateTime.parse(text.value()).toInstant();
            } catch (DateTimeParseException e) {
                throw expected("/time", "a time such as 2026-11-22T10:00:00Z", value);
            }
        }
        throw expected("/time", "a time such as 2026-11-22T10:00:00Z", value);
    }

    private static Map<Name, Double> values(Map<String, FlagValue> fields) {
        Map<Name, Double> values = new EnumMap<>(Name.class);
        put(values, Name.ERROR, flag("/error", fields.remove("error")));
        put(values, Name.TOOL_ERROR, flag("/tool_error", fields.remove("tool_error")));
        put(values, Name.BAD_FEEDBACK, feedback(fields.remove("feedback")));
        put(values, Name.LATENCY, amount("/latency_ms", fields.remove("latency_ms")));
        put(values, Name.TOKENS, amount("/tokens", fields.remove("tokens")));
        put(values, Name.COST, amount("/cost", fields.remove("cost")));
        return values;
    }

    private static void put(Map<Name, Double> values, Name metric, @Nullable Double value) {
        if (value != null) {
            values.put(metric, value);
        }
    }

    private static @Nullable Double flag(String place, @Nullable FlagValue value) {
        if (isAbsent(value)) {
            return null;
        }
        if (value instanceof Bool bool) {
            return bool.value() ? 1.0 : 0.0;
        }
        throw expected(place, "true or false", value);
    }

    private static @Nullable Double feedback(@Nullable FlagValue value) {
        if (isAbsent(value)) {
            return null;
        }
        if (value instanceof Text text && text.value().equals("good")) {
            return 0.0;
        }
        if (value instanceof Text text && text.value().equals("bad")) {
            return 1.0;
        }
        throw expected("/feedback", "\"good\" or \"bad\"", value);
    }

    private static @Nullable Double amount(String place, @Nullable FlagValue value) {
        if (isAbsent(value)) {
            return null;
        }
        if (value instanceof Whole whole && whole.value() >= 0) {
            return (double) whole.value();
        }
        if (value instanceof Decimal decimal && decimal.value() >= 0) {
            return decimal.value();
        }
        throw expected(place, "a number of at least 0", value);
    }

    private static @Nullable String text(String place, @Nullable FlagValue value) {
        if (isAbsent(value)) {
            return null;
        }
        if (value instanceof Text text) {
            return text.value();
        }
        throw expected(place, "a string", value);
    }

    private static Map<String, FlagValue> optionalObject(String place, @Nullable FlagValue value) {
        return isAbsent(value) ? Map.of() : object(place, value);
    }

    private static Map<String, FlagValue> object(String place, @Nullable FlagValue value) {
        if (value instanceof Structure structure) {
            return structure.fields();
        }
        throw expected(place, "an object", value);
    }

    private static boolean isAbsent(@Nullable FlagValue value) {
        return value == null || value instanceof Null;
    }

    private static IllegalArgumentException expected(String place, String what, @Nullable FlagValue found) {
        return new IllegalArgumentException(place + ": expected " + what + ", found "
                + (found == null ? "nothing" : Printable.cut(JsonText.write(found), 60)));
    }
}
