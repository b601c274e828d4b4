package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.FlagValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads any JSON value, as a variant serves it. */
final class ValueReader {

    private static final FlagValue TRUE = new FlagValue.Bool(true);
    private static final FlagValue FALSE = new FlagValue.Bool(false);
    private static final FlagValue NULL = new FlagValue.Null();

    private ValueReader() {}

    /** Returns the value. A whole number that does not fit 64 bits is reported, and comes back as the nearest decimal. */
    static FlagValue read(JsonNode node, Place place, Problems problems) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> node.booleanValue() ? TRUE : FALSE;
            case STRING -> new FlagValue.Text(node.textValue());
            case NUMBER -> number(node, place, problems);
            case OBJECT -> structure(node, place, problems);
            case ARRAY -> sequence(node, place, problems);
            case NULL -> NULL;
            case BINARY, MISSING, POJO -> throw new AssertionError("not a node that a parser makes: " + node);
        };
    }

    private static FlagValue number(JsonNode node, Place place, Problems problems) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new FlagValue.Whole(node.longValue());
        }
        if (node.isIntegralNumber()) {
            problems.error(place, Found.expected("a whole number that fits 64 bits", node));
        }
        return new FlagValue.Decimal(node.doubleValue());
    }

    private static FlagValue structure(JsonNode node, Place place, Problems problems) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        for (var field : node.properties()) {
            fields.put(field.getKey(), read(field.getValue(), place.child(field.getKey()), problems));
        }
        return new FlagValue.Structure(fields);
    }

    private static FlagValue sequence(JsonNode node, Place place, Problems problems) {
        List<FlagValue> items = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            items.add(read(item, place.child(items.size()), problems));
        }
        return new FlagValue.Sequence(items);
    }

    /** Returns what JSON calls the value's type. */
    static String typeOf(FlagValue value) {
        if (value instanceof FlagValue.Bool) {
            return "boolean";
        }
        if (value instanceof FlagValue.Text) {
            return "string";
        }
        if (value instanceof FlagValue.Whole || value instanceof FlagValue.Decimal) {
            return "number";
        }
        if (value instanceof FlagValue.Structure) {
            return "object";
        }
        if (value instanceof FlagValue.Sequence) {
            return "array";
        }
        if (value instanceof FlagValue.Null) {
            return "null";
        }
        throw new AssertionError("not a kind of value: " + value);
    }
}
