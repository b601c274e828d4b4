package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Condition;
import dev.agentflags.model.Condition.Order;
import dev.agentflags.model.Condition.Text.Part;
import dev.agentflags.model.Condition.Time.Side;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.SemanticVersion;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a condition: {@code all}, {@code any}, {@code not}, {@code segment}, or a test of an attribute. */
final class ConditionReader {

    private static final List<String> KINDS = List.of("all", "any", "not", "segment", "attribute");
    private static final List<String> OPERATORS = List.of(
            "in",
            "not_in",
            "starts_with",
            "ends_with",
            "contains",
            "lt",
            "lte",
            "gt",
            "gte",
            "before",
            "after",
            "semver_lt",
            "semver_lte",
            "semver_gt",
            "semver_gte",
            "exists");

    private final Segments segments;
    private final Problems problems;

    ConditionReader(Segments segments, Problems problems) {
        this.segments = segments;
        this.problems = problems;
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
            problems.error(place, "expected exactly one of " + KINDS + ", found " + kinds);
            return null;
        }
        SizedCondition condition = read(kinds.get(0), fields);
        fields.warnOfUnknown();
        return condition;
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
        long size = 1 + members.stream().mapToLong(SizedCondition::size).sum();
        if (size > Limits.MAX_CONDITIONS) {
            fields.error(kind, "expected at most " + Limits.MAX_CONDITIONS + " conditions, segments written out");
        }
        return problems.errors() > before
                ? null
                : new SizedCondition(
                        constructor.apply(
                                members.stream().map(SizedCondition::condition).toList()),
                        (int) size);
    }

    private @Nullable SizedCondition not(Fields fields) {
        JsonNode node = fields.node("not");
        SizedCondition inner = node == null ? null : read(node, fields.place().child("not"));
        return inner == null ? null : new SizedCondition(new Condition.Not(inner.condition()), inner.size() + 1);
    }

    private @Nullable SizedCondition segment(Fields fields) {
        String name = fields.text("segment");
        return name == null ? null : segments.get(name, fields.place().child("segment"));
    }

    private @Nullable SizedCondition test(Fields fields) {
        int before = problems.errors();
        String attribute = fields.text("attribute");
        String operator = fields.has("op") ? fields.oneOf("op", OPERATORS) : null;
        if (!fields.has("op")) {
            fields.error("op", Found.expected("one of " + OPERATORS, null));
        }
        Condition test = attribute == null || operator == null ? null : test(attribute, operator, fields);
        fields.has("value");
        fields.has("values");
        return test == null || problems.errors() > before ? null : new SizedCondition(test, 1);
    }

    private @Nullable Condition test(String attribute, String operator, Fields fields) {
        return switch (operator) {
            case "in" -> new Condition.In(attribute, scalars(fields));
            case "not_in" -> new Condition.NotIn(attribute, scalars(fields));
            case "starts_with" -> new Condition.Text(attribute, Part.START, texts(fields));
            case "ends_with" -> new Condition.Text(attribute, Part.END, texts(fields));
            case "contains" -> new Condition.Text(attribute, Part.ANYWHERE, texts(fields));
            case "lt" -> number(attribute, Order.LESS, fields);
            case "lte" -> number(attribute, Order.LESS_OR_EQUAL, fields);
            case "gt" -> number(attribute, Order.GREATER, fields);
            case "gte" -> number(attribute, Order.GREATER_OR_EQUAL, fields);
            case "before" -> time(attribute, Side.BEFORE, fields);
            case "after" -> time(attribute, Side.AFTER, fields);
            case "semver_lt" -> version(attribute, Order.LESS, fields);
            case "semver_lte" -> version(attribute, Order.LESS_OR_EQUAL, fields);
            case "semver_gt" -> version(attribute, Order.GREATER, fields);
            case "semver_gte" -> version(attribute, Order.GREATER_OR_EQUAL, fields);
            default -> exists(attribute, fields);
        };
    }

    private @Nullable Condition number(String attribute, Order order, Fields fields) {
        Double bound = single(fields, "a number", node -> node.isNumber() ? node.doubleValue() : null);
        return bound == null ? null : new Condition.Numeric(attribute, order, bound);
    }

    private @Nullable Condition time(String attribute, Side side, Fields fields) {
        Instant bound = single(
                fields,
                "a time such as 2026-11-22T12:00:00Z",
                node -> node.isTextual() ? Condition.Time.parse(node.textValue()) : null);
        return bound == null ? null : new Condition.Time(attribute, side, bound);
    }

    private @Nullable Condition version(String attribute, Order order, Fields fields) {
        SemanticVersion bound = single(
                fields,
                "a semantic version such as 1.2.3",
                node -> node.isTextual() ? SemanticVersion.parse(node.textValue()) : null);
        return bound == null ? null : new Condition.Version(attribute, order, bound);
    }

    private static Condition exists(String attribute, Fields fields) {
        for (String operand : List.of("value", "values")) {
            if (fields.has(operand)) {
                fields.error(operand, "expected nothing: exists takes no value");
            }
        }
        return new Condition.Exists(attribute);
    }

    private <T> @Nullable T single(Fields fields, String expected, Function<JsonNode, @Nullable T> reader) {
        if (fields.has("values")) {
            fields.error("values", "expected a single \"value\" with this op");
        }
        JsonNode node = fields.node("value");
        T value = node == null ? null : reader.apply(node);
        if (value == null) {
            fields.error("value", Found.expected(expected, node));
        }
        return value;
    }

    private Set<FlagValue> scalars(Fields fields) {
        return new LinkedHashSet<>(many(fields, (node, place) -> {
            if (node.isTextual() || node.isNumber() || node.isBoolean()) {
                return ValueReader.read(node, place, problems);
            }
            problems.error(place, Found.expected("a string, a number or a boolean", node));
            return null;
        }));
    }

    private List<String> texts(Fields fields) {
        return many(fields, (node, place) -> {
            if (node.isTextual()) {
                return node.textValue();
            }
            problems.error(place, Found.expected("a string", node));
            return null;
        });
    }

    private <T> List<T> many(Fields fields, Fields.ItemReader<T> reader) {
        JsonNode single = fields.node("value");
        if (single != null && !fields.has("values")) {
            T item = reader.read(single, fields.place().child("value"));
            return item == null ? List.of() : List.of(item);
        }
        if (single != null || !fields.has("values")) {
            problems.error(fields.place(), "expected either \"value\" or \"values\"");
            return List.of();
        }
        return fields.items("values", reader);
    }
}
