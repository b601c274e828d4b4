package dev.agentflags.outcome;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.guard.Arm;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Null;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.model.GuardMetric.Name;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes on their way to whoever guards for many processes. One that arrives twice is counted once. Immutable.
 *
 * @param process names the process; one that starts again takes a new name
 * @param sequence counts the batches of that process, from 1; one that is sent again keeps its number
 * @param lost how many outcomes the process has dropped since it started
 */
public record OutcomeBatch(String process, long sequence, long lost, List<Outcome> outcomes) {

    public OutcomeBatch {
        outcomes = List.copyOf(outcomes);
    }

    /** Returns the batch as JSON on one line. */
    public String toJson() {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("process", new Text(process));
        fields.put("sequence", new Whole(sequence));
        fields.put("lost", new Whole(lost));
        fields.put(
                "outcomes",
                new Sequence(outcomes.stream().map(OutcomeBatch::value).toList()));
        return JsonText.write(new Structure(fields));
    }

    private static FlagValue value(Outcome outcome) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("flag", new Text(outcome.flag()));
        fields.put("arm", new Text(lower(outcome.arm())));
        if (outcome.unit() != null) {
            fields.put("unit", new Text(HexFormat.of().toHexDigits(outcome.unit())));
        }
        if (outcome.version() != null) {
            fields.put("version", new Text(outcome.version()));
        }
        Map<String, FlagValue> values = new LinkedHashMap<>();
        outcome.values().forEach((metric, value) -> values.put(lower(metric), number(value)));
        fields.put("values", new Structure(values));
        return new Structure(fields);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** What never ends is null: JSON has no infinity. */
    private static FlagValue number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return new Null();
        }
        return value == Math.rint(value) && value < 1L << 53 ? new Whole((long) value) : new Decimal(value);
    }

    /**
     * Reads a batch.
     *
     * @throws DocumentException if it is not JSON, or over a document's limits
     * @throws IllegalArgumentException if it is JSON, but not a batch; the message has the place and what was expected
     */
    public static OutcomeBatch fromJson(String json) throws DocumentException {
        Map<String, FlagValue> batch = object("", JsonText.read(json));
        if (!(batch.get("outcomes") instanceof Sequence items)) {
            throw expected("/outcomes", "an array");
        }
        var outcomes = new Outcome[items.items().size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = outcome("/outcomes/" + i, items.items().get(i));
        }
        return new OutcomeBatch(
                text("", batch, "process"),
                whole(batch, "sequence"),
                batch.containsKey("lost") ? whole(batch, "lost") : 0,
                List.of(outcomes));
    }

    private static Outcome outcome(String place, FlagValue value) {
        Map<String, FlagValue> fields = object(place, value);
        Map<Name, Double> values = new EnumMap<>(Name.class);
        object(place + "/values", fields.get("values"))
                .forEach((metric, number) -> values.put(
                        constant(Name.class, place + "/values/" + metric, metric),
                        number(place + "/values/" + metric, number)));
        try {
            return new Outcome(
                    text(place, fields, "flag"),
                    constant(Arm.class, place + "/arm", text(place, fields, "arm")),
                    fields.containsKey("unit") ? unit(place, text(place, fields, "unit")) : null,
                    fields.containsKey("version") ? text(place, fields, "version") : null,
                    values);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("/") ? e : new IllegalArgumentException(place + "/values: " + message, e);
        }
    }

    private static long unit(String place, String digits) {
        try {
            return HexFormat.fromHexDigitsToLong(digits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + "/unit: expected up to 16 hexadecimal digits", e);
        }
    }

    private static double number(String place, FlagValue value) {
        if (value instanceof Null) {
            return Double.POSITIVE_INFINITY;
        }
        if (value instanceof Whole whole) {
            return whole.value();
        }
        if (value instanceof Decimal decimal) {
            return decimal.value();
        }
        throw expected(place, "a number, or null for what never ends");
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String place, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    place + ": expected one of " + List.of(type.getEnumConstants()) + " in lower case", e);
        }
    }

    private static Map<String, FlagValue> object(String place, @Nullable FlagValue value) {
        if (value instanceof Structure structure) {
            return structure.fields();
        }
        throw expected(place, "an object");
    }

    private static String text(String place, Map<String, FlagValue> fields, String name) {
        if (fields.get(name) instanceof Text text) {
            return text.value();
        }
        throw expected(place + "/" + name, "a string");
    }

    private static long whole(Map<String, FlagValue> fields, String name) {
        if (fields.get(name) instanceof Whole whole && whole.value() >= 0) {
            return whole.value();
        }
        throw expected("/" + name, "a whole number of 0 or more");
    }

    private static IllegalArgumentException expected(String place, String what) {
        return new IllegalArgumentException((place.isEmpty() ? "/" : place) + ": expected " + what);
    }
}
