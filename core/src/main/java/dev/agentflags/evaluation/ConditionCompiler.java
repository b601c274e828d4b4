package dev.agentflags.evaluation;

import dev.agentflags.model.Condition;
import dev.agentflags.model.Condition.Text.Part;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.SemanticVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tests of conditions; a segment that many rules refer to becomes one test. Not safe for use by many threads. */
final class ConditionCompiler {

    private final IdentityHashMap<Condition, Matcher> segments = new IdentityHashMap<>();

    Matcher compile(Condition condition) {
        if (condition instanceof Condition.All all) {
            Matcher[] matchers = compile(all.conditions());
            return subject -> all(matchers, subject);
        }
        if (condition instanceof Condition.Any any) {
            Matcher[] matchers = compile(any.conditions());
            return subject -> any(matchers, subject);
        }
        if (condition instanceof Condition.Not not) {
            Matcher matcher = compile(not.condition());
            return subject -> !matcher.matches(subject);
        }
        if (condition instanceof Condition.Segment segment) {
            return segment(segment.definition());
        }
        if (condition instanceof Condition.Exists exists) {
            return subject -> Attribute.of(subject, exists.attribute()) != null;
        }
        if (condition instanceof Condition.In in) {
            Set<Object> values = scalars(in.values());
            return subject -> {
                Object value = Attribute.of(subject, in.attribute());
                return value != null && values.contains(Attribute.normalise(value));
            };
        }
        if (condition instanceof Condition.NotIn notIn) {
            return notIn(notIn);
        }
        if (condition instanceof Condition.Text text) {
            String[] values = text.values().toArray(String[]::new);
            return subject -> Attribute.of(subject, text.attribute()) instanceof String value
                    && matches(value, text.part(), values);
        }
        if (condition instanceof Condition.Numeric numeric) {
            return subject -> Attribute.of(subject, numeric.attribute()) instanceof Number value
                    && !Double.isNaN(value.doubleValue())
                    && numeric.order().accepts(Double.compare(value.doubleValue() + 0.0, numeric.bound() + 0.0));
        }
        if (condition instanceof Condition.Time time) {
            return subject -> {
                Instant moment = moment(Attribute.of(subject, time.attribute()));
                return moment != null
                        && switch (time.side()) {
                            case BEFORE -> moment.isBefore(time.bound());
                            case AFTER -> moment.isAfter(time.bound());
                        };
            };
        }
        if (condition instanceof Condition.Version version) {
            return subject -> {
                SemanticVersion found = Attribute.of(subject, version.attribute()) instanceof String text
                        ? SemanticVersion.parse(text)
                        : null;
                return found != null && version.order().accepts(found.compareTo(version.bound()));
            };
        }
        throw new AssertionError("not a kind of condition: " + condition);
    }

    /** Not computeIfAbsent: a segment may refer to others. */
    private Matcher segment(Condition definition) {
        Matcher known = segments.get(definition);
        if (known == null) {
            known = compile(definition);
            segments.put(definition, known);
        }
        return known;
    }

    private Matcher[] compile(List<Condition> conditions) {
        return conditions.stream().map(this::compile).toArray(Matcher[]::new);
    }

    private static boolean all(Matcher[] matchers, Subject subject) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(subject)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(Matcher[] matchers, Subject subject) {
        for (Matcher matcher : matchers) {
            if (matcher.matches(subject)) {
                return true;
            }
        }
        return false;
    }

    /** Of a value of a type that is not listed, "not listed" would say nothing, so it does not hold. */
    private static Matcher notIn(Condition.NotIn condition) {
        Set<Object> values = scalars(condition.values());
        boolean texts = values.stream().anyMatch(String.class::isInstance);
        boolean numbers = values.stream().anyMatch(Number.class::isInstance);
        boolean booleans = values.stream().anyMatch(Boolean.class::isInstance);
        return subject -> {
            Object value = Attribute.of(subject, condition.attribute());
            boolean comparable = (texts && value instanceof String)
                    || (numbers && value instanceof Number)
                    || (booleans && value instanceof Boolean);
            return comparable && value != null && !values.contains(Attribute.normalise(value));
        };
    }

    private static Set<Object> scalars(Set<FlagValue> values) {
        Set<Object> scalars = new HashSet<>();
        values.forEach(value -> scalars.add(scalar(value)));
        return scalars;
    }

    private static Object scalar(FlagValue value) {
        if (value instanceof FlagValue.Text text) {
            return text.value();
        }
        if (value instanceof FlagValue.Bool bool) {
            return bool.value();
        }
        if (value instanceof FlagValue.Whole whole) {
            return whole.value();
        }
        if (value instanceof FlagValue.Decimal decimal) {
            return Attribute.normalise(decimal.value());
        }
        throw new AssertionError("not a value that a list of a condition has: " + value);
    }

    private static boolean matches(String value, Part part, String[] candidates) {
        for (String candidate : candidates) {
            boolean match = switch (part) {
                case START -> value.startsWith(candidate);
                case END -> value.endsWith(candidate);
                case ANYWHERE -> value.contains(candidate);
            };
            if (match) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Instant moment(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        return value instanceof String text ? Condition.Time.parse(text) : null;
    }
}
