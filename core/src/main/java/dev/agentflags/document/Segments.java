package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Condition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document's named conditions, with those that they refer to written out. Not safe for use by many threads. */
final class Segments {

    private final Map<String, JsonNode> definitions = new LinkedHashMap<>();
    private final Map<String, SizedCondition> sound = new HashMap<>();
    private final Place place;
    private final Problems problems;

    private Segments(Place place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    /** Returns the segments of a document that has none. */
    static Segments none(Problems problems) {
        return new Segments(Place.ROOT, problems);
    }

    /** Reads a document's segments, and reports what is wrong with them. */
    static Segments read(Fields fields, Problems problems) {
        var segments = new Segments(fields.place(), problems);
        fields.entries().forEach(entry -> segments.definitions.put(entry.getKey(), entry.getValue()));
        segments.readAll();
        return segments;
    }

    /** Reads what others refer to before those others, without recursion: chains may be as long as a document. */
    private void readAll() {
        Map<String, Set<String>> unread = new LinkedHashMap<>();
        Map<String, List<String>> referrers = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        definitions.forEach((name, definition) -> {
            Set<String> references = references(definition);
            references.forEach(to ->
                    referrers.computeIfAbsent(to, key -> new ArrayList<>()).add(name));
            unread.put(name, references);
            if (references.isEmpty()) {
                ready.add(name);
            }
        });
        while (!ready.isEmpty()) {
            String name = ready.remove();
            unread.remove(name);
            read(name);
            for (String referrer : referrers.getOrDefault(name, List.of())) {
                Set<String> references = unread.getOrDefault(referrer, Set.of());
                if (references.remove(name) && references.isEmpty()) {
                    ready.add(referrer);
                }
            }
        }
        unread.keySet().forEach(name -> readInOrBeforeCycle(name, unread));
    }

    private void readInOrBeforeCycle(String name, Map<String, Set<String>> unread) {
        String problem = References.problem(name, key -> unread.getOrDefault(key, Set.of()));
        if (problem == null) {
            read(name);
        } else {
            problems.error(place.child(name), problem);
        }
    }

    /** Returns the segments that a definition refers to, sound or not, as far as there are such. */
    private Set<String> references(JsonNode definition) {
        Set<String> names = new LinkedHashSet<>();
        collect(definition, names);
        names.retainAll(definitions.keySet());
        return names;
    }

    private static void collect(JsonNode condition, Set<String> names) {
        if (condition.isObject()) {
            names.add(condition.path("segment").asText());
            collect(condition.path("not"), names);
            condition.path("all").forEach(member -> collect(member, names));
            condition.path("any").forEach(member -> collect(member, names));
        }
    }

    private void read(String name) {
        JsonNode definition = definitions.get(name);
        if (!Limits.KEY.matcher(name).matches()) {
            problems.error(
                    place.child(name), "expected a name of " + Limits.KEY.pattern() + ", found " + Found.quoted(name));
        } else if (definition != null) {
            SizedCondition condition = new ConditionReader(this, problems).read(definition, place.child(name));
            if (condition != null) {
                sound.put(
                        name, SizedCondition.of(List.of(condition), part -> new Condition.Segment(name, part.get(0))));
            }
        }
    }

    /**
     * Returns the segment of this name, or null, reported, where there is no sound one.
     *
     * @param from the reference
     */
    @Nullable
    SizedCondition get(String name, Place from) {
        SizedCondition segment = sound.get(name);
        if (segment == null && !definitions.containsKey(name)) {
            problems.error(
                    from,
                    "expected the name of a segment, one of %s, found %s"
                            .formatted(Found.names(definitions.keySet()), Found.quoted(name)));
        } else if (segment == null) {
            problems.error(from, "expected a sound segment, found " + Found.quoted(name) + ", which has errors");
        }
        return segment;
    }
}
