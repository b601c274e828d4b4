package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentflags.model.FlagValue;

/** Any JSON value to text and back, for what is kept beside a document, such as its audit trail. */
public final class JsonText {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonText() {}

    /** Returns the value as JSON on one line. */
    public static String write(FlagValue value) {
        return tree(value).toString();
    }

    /**
     * Reads one JSON value, with the same limits as a document. A whole number that does not fit 64 bits becomes the nearest
     * decimal.
     *
     * @throws DocumentException if it is not JSON, or over a limit
     */
    public static FlagValue read(String text) throws DocumentException {
        Json.requireText(text);
        return value(Json.parse(text));
    }

    /** Returns a value, of whatever numbers. */
    static FlagValue value(JsonNode node) {
        return ValueReader.read(node, Place.ROOT, new Problems());
    }

    static JsonNode tree(FlagValue value) {
        if (value instanceof FlagValue.Bool bool) {
            return NODES.booleanNode(bool.value());
        }
        if (value instanceof FlagValue.Text text) {
            return NODES.textNode(text.value());
        }
        if (value instanceof FlagValue.Whole whole) {
            return NODES.numberNode(whole.value());
        }
        if (value instanceof FlagValue.Decimal decimal) {
            return NODES.numberNode(decimal.value());
        }
        if (value instanceof FlagValue.Structure structure) {
            ObjectNode object = NODES.objectNode();
            structure.fields().forEach((name, field) -> object.set(name, tree(field)));
            return object;
        }
        if (value instanceof FlagValue.Sequence sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.items().forEach(item -> array.add(tree(item)));
            return array;
        }
        if (value instanceof FlagValue.Null) {
            return NODES.nullNode();
        }
        throw new AssertionError("not a kind of value: " + value);
    }
}
