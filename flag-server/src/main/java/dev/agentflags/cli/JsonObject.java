package dev.agentflags.cli;

import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object that is put together field by field. Not safe for use by many threads. */
final class JsonObject {

    private static final FlagValue NULL = new FlagValue.Null();

    /** Up to here every whole number is a double of its own. */
    private static final double EXACT = 1L << 53;

    private final Map<String, FlagValue> fields = new LinkedHashMap<>();

    JsonObject put(String name, @Nullable FlagValue value) {
        fields.put(name, value == null ? NULL : value);
        return this;
    }

    JsonObject put(String name, @Nullable String text) {
        return put(name, text == null ? NULL : new FlagValue.Text(text));
    }

    JsonObject put(String name, boolean value) {
        return put(name, new FlagValue.Bool(value));
    }

    JsonObject put(String name, @Nullable Long number) {
        return put(name, number == null ? NULL : new FlagValue.Whole(number));
    }

    JsonObject put(String name, @Nullable Double number) {
        return put(name, number == null ? NULL : number(number));
    }

    JsonObject put(String name, List<JsonObject> objects) {
        return put(
                name,
                new FlagValue.Sequence(objects.stream().map(JsonObject::value).toList()));
    }

    JsonObject put(String name, JsonObject object) {
        return put(name, object.value());
    }

    FlagValue value() {
        return new FlagValue.Structure(fields);
    }

    /** Returns the object on one line. */
    @Override
    public String toString() {
        return JsonText.write(value());
    }

    /** Returns a number as JSON people write it: 25, not 25.0. */
    static FlagValue number(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT;
        return whole ? new FlagValue.Whole((long) number) : new FlagValue.Decimal(number);
    }
}
