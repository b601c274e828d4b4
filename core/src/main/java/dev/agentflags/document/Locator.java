package dev.agentflags.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Finds lines and columns of places in a document that has problems; a sound document never pays for them. */
final class Locator {

    private Locator() {}

    /**
     * Where a value starts.
     *
     * @param line from 1
     * @param column from 1
     */
    record Position(int line, int column) {}

    /**
     * Returns the positions of those pointers that the text has a value for. A pointer to a missing field is found at the
     * object that lacks it.
     *
     * @param text a document that was parsed before
     */
    static Map<String, Position> locate(String text, Set<String> pointers) {
        Map<String, Position> all = new HashMap<>();
        try (JsonParser parser = Json.parser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME && !token.isStructEnd()) {
                    JsonLocation at = parser.currentTokenLocation();
                    String pointer = parser.getParsingContext().pathAsPointer().toString();
                    String place = token.isStructStart() ? parent(parser) : pointer;
                    if (pointers.contains(place) || token.isStructStart()) {
                        all.putIfAbsent(place, new Position(at.getLineNr(), at.getColumnNr()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading a document for the second time", e);
        }
        Map<String, Position> found = new HashMap<>();
        pointers.forEach(pointer -> found.put(pointer, nearest(pointer, all)));
        return found;
    }

    private static String parent(JsonParser parser) {
        return parser.getParsingContext().getParent().pathAsPointer().toString();
    }

    private static Position nearest(String pointer, Map<String, Position> all) {
        for (String place = pointer; !place.isEmpty(); place = place.substring(0, place.lastIndexOf('/'))) {
            Position position = all.get(place);
            if (position != null) {
                return position;
            }
        }
        return all.getOrDefault("", new Position(1, 1));
    }
}
