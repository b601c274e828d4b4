package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Condition;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document's named conditions, each read once, when it is first referred to. Not safe for use by many threads. */
final class Segments {

    private final @Nullable Fields fields;
    private final Set<String> names;
    private final Place place;
    private final Problems problems;
    private final Map<String, SizedCondition> read = new HashMap<>();
    private final Set<String> invalid = new LinkedHashSet<>();
    private final Set<String> open = new LinkedHashSet<>();

    private Segments(@Nullable Fields fields, Set<String> names, Place place, Problems problems) {
        this.fields = fields;
        this.names = names;
        this.place = place;
        this.problems = problems;
    }

    /** Reads all segments of a document, and reports what is wrong with them; null for a document that has none. */
    static Segments read(@Nullable JsonNode node, Place place, Problems problems) {
        Fields fields = node == null ? null : Fields.of(node, place, problems);
        Set<String> names = new LinkedHashSet<>();
        if (node != null && fields != null) {
            node.fieldNames().forEachRemaining(names::add);
        }
        var segments = new Segments(fields, names, place, problems);
        names.forEach(segments::readNamed);
        return segments;
    }

    /**
     * Returns the segment of this name.
     *
     * @param from the reference, for the report where there is no such segment, or no sound one
     */
    @Nullable
    SizedCondition get(String name, Place from) {
        if (!names.contains(name)) {
            problems.error(from, "expected the name of a segment, one of " + names + ", found \"" + name + "\"");
            return null;
        }
        if (open.contains(name)) {
            problems.error(from, "expected no cycle of segments, found " + String.join(" → ", open) + " → " + name);
            return null;
        }
        SizedCondition segment = readNamed(name);
        if (segment == null) {
            problems.error(from, "refers to the segment \"" + name + "\", which has errors");
        }
        return segment;
    }

    private @Nullable SizedCondition readNamed(String name) {
        SizedCondition known = read.get(name);
        if (known != null || invalid.contains(name) || fields == null) {
            return known;
        }
        open.add(name);
        SizedCondition segment = readNew(name, fields);
        open.remove(name);
        if (segment == null) {
            invalid.add(name);
            return null;
        }
        var named = new SizedCondition(new Condition.Segment(name, segment.condition()), segment.size());
        read.put(name, named);
        return named;
    }

    private @Nullable SizedCondition readNew(String name, Fields from) {
        if (!Limits.KEY.matcher(name).matches()) {
            problems.error(
                    place.child(name), "expected a name of " + Limits.KEY.pattern() + ", found \"" + name + "\"");
        }
        JsonNode node = from.node(name);
        return node == null ? null : new ConditionReader(this, problems).read(node, place.child(name));
    }
}
