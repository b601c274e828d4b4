package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Condition;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a condition: {@code all}, {@code any}, {@code not}, {@code segment}, or a test of an attribute. */
final class ConditionReader {

    private static final List<String> KINDS = List.of("all", "any", "not", "segment", "attribute");

    private final Segments segments;
    private final Problems problems;
    private long sizeOfAll;

    ConditionReader(Segments segments, Problems problems) {
        this.segments = segments;
        this.problems = problems;
    }

    /** Returns the condition of a rule, or null, reported, where it is not a sound one, or one too many. */
    @Nullable
    Condition readWhen(JsonNode node, Place place) {
        SizedCondition condition = read(node, place);
        if (condition == null) {
            return null;
        }
        sizeOfAll += condition.size();
        if (sizeOfAll > Limits.MAX_CONDITIONS_OF_ALL) {
            problems.error(
                    place,
                    "expected at most %d conditions in all flags, segments written out, found more"
                            .formatted(Limits.MAX_CONDITIONS_OF_ALL));
            return null;
        }
        return condition.condition();
    }

    /** Returns the condition, or null, reported, where it is not a sound one. */
    @Nullable
    SizedCondition read(JsonNode node, Place place) {
        Fields fields = Fields.of(node, place, problems);
        if (fields == null) {
            return null;
        }
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            String found = kinds.isEmpty() ? "none" : kinds.toString();
            problems.error(place, "expected exactly one of " + KINDS + ", found " + found);
            return null;
        }
        int before = problems.errors();
        SizedCondition condition = read(kinds.get(0), fields);
        fields.warnOfUnknown();
        return condition == null || problems.errors() > before || !isWithinLimits(condition, place) ? null : condition;
    }

    private @Nullable SizedCondition read(String kind, Fields fields) {
        return switch (kind) {
            case "all" -> group(kind, fields, Condition.All::new);
            case "any" -> group(kind, fields, Condition.Any::new);
            case "not" -> not(fields);
            case "segment" -> segment(fields);
            default -> test(fields);
        };
    }

    private @Nullable SizedCondition group(
            String kind, Fields fields, Function<List<Condition>, Condition> constructor) {
        int before = problems.errors();
        List<SizedCondition> members = fields.items(kind, this::read);
        if (problems.errors() == before && members.isEmpty()) {
            fields.error(kind, "expected at least one condition, found none");
        }
        return problems.errors() > before ? null : SizedCondition.of(members, constructor);
    }

    private @Nullable SizedCondition not(Fields fields) {
        JsonNode node = fields.node("not");
        SizedCondition inner = node == null ? null : read(node, fields.place().child("not"));
        return inner == null
                ? null
                : SizedCondition.of(List.of(inner), conditions -> new Condition.Not(conditions.get(0)));
    }

    private @Nullable SizedCondition segment(Fields fields) {
        String name = fields.text("segment");
        return name == null ? null : segments.get(name, fields.place().child("segment"));
    }

    private @Nullable SizedCondition test(Fields fields) {
        Condition test = TestReader.read(fields, problems);
        return test == null ? null : SizedCondition.simple(test);
    }

    private boolean isWithinLimits(SizedCondition condition, Place place) {
        if (condition.size() > Limits.MAX_CONDITIONS) {
            problems.error(
                    place,
                    "expected at most %d conditions, segments written out, found %d"
                            .formatted(Limits.MAX_CONDITIONS, condition.size()));
            return false;
        }
        if (condition.depth() > Limits.MAX_DEPTH) {
            problems.error(
                    place,
                    "expected conditions at most %d deep, segments written out, found %d"
                            .formatted(Limits.MAX_DEPTH, condition.depth()));
            return false;
        }
        return true;
    }
}
