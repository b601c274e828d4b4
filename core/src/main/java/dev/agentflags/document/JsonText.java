package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentflags.model.FlagValue;
import java.util.List;
import java.util.Objects;

/** Any JSON value to text and back, for what is kept beside a document, such as its audit trail. */
public final class JsonText {

    private JsonText() {}

    /** Returns the value as JSON on one line. */
    public static String write(FlagValue value) {
        return tree(value).toString();
    }

    /**
     * Reads one JSON value, with the same limits as a document.
     *
     * @throws DocumentException if it is not JSON, over a limit, or has a whole number that does not fit 64 bits
     */
    public static FlagValue read(String text) throws DocumentException {
        return value(Json.parse(text), text);
    }

    static FlagValue value(JsonNode node, String text) throws DocumentException {
        var problems = new Problems();
        FlagValue value = ValueReader.read(node, Place.ROOT, problems);
        List<Problem> found = problems.locatedIn(text);
        if (!found.isEmpty()) {
            throw new DocumentException(found);
        }
        return Objects.requireNonNull(value);
    }

    static JsonNode tree(FlagValue value) {
        if (value instanceof FlagValue.Bool bool) {
            return Json.nodes().booleanNode(bool.value());
        }
        if (value instanceof FlagValue.Text text) {
            return Json.nodes().textNode(text.value());
        }
        if (value instanceof FlagValue.Whole whole) {
            return Json.nodes().numberNode(whole.value());
        }
        if (value instanceof FlagValue.Decimal decimal) {
            return Json.nodes().numberNode(decimal.value());
        }
        if (value instanceof FlagValue.Structure structure) {
            ObjectNode object = Json.nodes().objectNode();
            structure.fields().forEach((name, field) -> object.set(name, tree(field)));
            return object;
        }
        if (value instanceof FlagValue.Sequence sequence) {
            ArrayNode array = Json.nodes().arrayNode();
            sequence.items().forEach(item -> array.add(tree(item)));
            return array;
        }
        if (value instanceof FlagValue.Null) {
            return Json.nodes().nullNode();
        }
        throw new AssertionError("not a kind of value: " + value);
    }
}
