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
import org.jspecify.annotations.Nullable;

/** Reads the test of one attribute: {@code attribute}, {@code op}, and {@code value} or {@code values}. */
final class TestReader {

    private static final Set<String> OPERATORS = new LinkedHashSet<>(List.of(
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
            "exists"));

    private final String attribute;
    private final Fields fields;
    private final Problems problems;

    private TestReader(String attribute, Fields fields, Problems problems) {
        this.attribute = attribute;
        this.fields = fields;
        this.problems = problems;
    }

    /** Returns the test that the fields describe, or null, reported, where it is not a sound one. */
    static @Nullable Condition read(Fields fields, Problems problems) {
        int before = problems.errors();
        fields.know("value", "values");
        fields.require("op", "one of " + OPERATORS);
        String attribute = fields.name("attribute");
        String operator = fields.oneOf("op", OPERATORS);
        Condition test = attribute == null || operator == null
                ? null
                : new TestReader(attribute, fields, problems).read(operator);
        return problems.errors() > before ? null : test;
    }

    private @Nullable Condition read(String operator) {
        return switch (operator) {
            case "in" -> new Condition.In(attribute, scalars());
            case "not_in" -> new Condition.NotIn(attribute, scalars());
            case "starts_with" -> new Condition.Text(attribute, Part.START, texts());
            case "ends_with" -> new Condition.Text(attribute, Part.END, texts());
            case "contains" -> new Condition.Text(attribute, Part.ANYWHERE, texts());
            case "lt" -> number(Order.LESS);
            case "lte" -> number(Order.LESS_OR_EQUAL);
            case "gt" -> number(Order.GREATER);
            case "gte" -> number(Order.GREATER_OR_EQUAL);
            case "before" -> time(Side.BEFORE);
            case "after" -> time(Side.AFTER);
            case "semver_lt" -> version(Order.LESS);
            case "semver_lte" -> version(Order.LESS_OR_EQUAL);
            case "semver_gt" -> version(Order.GREATER);
            case "semver_gte" -> version(Order.GREATER_OR_EQUAL);
            case "exists" -> exists();
            default -> throw new AssertionError("not an operator: " + operator);
        };
    }

    private Set<FlagValue> scalars() {
        return new LinkedHashSet<>(operands((node, place) -> {
            if (node.isTextual() || node.isNumber() || node.isBoolean()) {
                return ValueReader.read(node, place, problems);
            }
            problems.error(place, Found.expected("a string, a number or a boolean", node));
            return null;
        }));
    }

    private List<String> texts() {
        return operands((node, place) -> {
            if (!node.isTextual()) {
                problems.error(place, Found.expected("a string", node));
            }
            return node.textValue();
        });
    }

    /** Reads {@code values}, or {@code value} as a list of one. */
    private <T> List<T> operands(Fields.ItemReader<T> reader) {
        JsonNode single = fields.node("value");
        if (fields.has("values") == (single != null)) {
            String found = single == null ? "neither" : "both";
            problems.error(fields.place(), "expected either \"value\" or \"values\", found " + found);
            return List.of();
        }
        if (single == null) {
            return fields.items("values", reader);
        }
        T operand = reader.read(single, fields.place().child("value"));
        return operand == null ? List.of() : List.of(operand);
    }

    private @Nullable Condition number(Order order) {
        requireOne("a number");
        Double bound = fields.number("value");
        return bound == null ? null : new Condition.Numeric(attribute, order, bound);
    }

    private @Nullable Condition time(Side side) {
        requireOne(Notation.TIME.expected());
        Instant bound = fields.notation("value", Notation.TIME);
        return bound == null ? null : new Condition.Time(attribute, side, bound);
    }

    private @Nullable Condition version(Order order) {
        requireOne(Notation.VERSION.expected());
        SemanticVersion bound = fields.notation("value", Notation.VERSION);
        return bound == null ? null : new Condition.Version(attribute, order, bound);
    }

    private void requireOne(String expected) {
        fields.require("value", expected);
        if (fields.has("values")) {
            fields.error("values", Found.expected("a single \"value\" with this op", fields.node("values")));
        }
    }

    private Condition exists() {
        for (String operand : List.of("value", "values")) {
            if (fields.has(operand)) {
                fields.error(operand, Found.expected("no value with this op", fields.node(operand)));
            }
        }
        return new Condition.Exists(attribute);
    }
}
