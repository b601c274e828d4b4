package dev.agentflags.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lines and columns of places in a document that has problems; a sound document never pays for them. */
final class Locator {

    private static final Position START = new Position(1, 1);

    private final Set<Place> wanted = new HashSet<>();
    private final Map<Place, Position> positions = new HashMap<>();

    /**
     * Where a value starts.
     *
     * @param line from 1
     * @param column from 1
     */
    record Position(int line, int column) {}

    private Locator() {}

    /**
     * Looks for places.
     *
     * @param text a document that was parsed before
     */
    static Locator of(String text, Collection<Place> places) {
        var locator = new Locator();
        places.forEach(locator::want);
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            locator.visit(parser, Place.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a document for the second time", e);
        }
        return locator;
    }

    private void want(Place place) {
        for (Place next = place; next != null && wanted.add(next); ) {
            next = next.parent();
        }
    }

    /** Looks at the value that the parser has come to, and into it if something there is looked for. */
    private void visit(JsonParser parser, Place place) throws IOException {
        if (!wanted.contains(place)) {
            parser.skipChildren();
            return;
        }
        JsonLocation at = parser.currentTokenLocation();
        positions.put(place, new Position(at.getLineNr(), at.getColumnNr()));
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                visit(parser, place.child(name));
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                visit(parser, place.child(i));
            }
        }
    }

    /** Returns where a place starts; that of a missing field is where the object that lacks it starts. */
    Position find(Place place) {
        for (@Nullable Place next = place; next != null; next = next.parent()) {
            Position position = positions.get(next);
            if (position != null) {
                return position;
            }
        }
        return START;
    }
}
