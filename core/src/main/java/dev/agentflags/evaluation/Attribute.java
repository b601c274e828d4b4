package dev.agentflags.evaluation;

import org.jspecify.annotations.Nullable;

/** How a condition sees a subject's attributes. */
final class Attribute {

    private static final String USER = "user";

    /** As the SDK's contexts have it among their attributes. */
    private static final String TARGETING_KEY = "targetingKey";

    private static final String PLAN = "plan";

    /** Up to here every whole number is a double of its own. */
    private static final double EXACT = 1L << 53;

    private Attribute() {}

    /** Returns an attribute; {@code user} and {@code plan} are attributes too. */
    static @Nullable Object of(Subject subject, String name) {
        return switch (name) {
            case USER, TARGETING_KEY -> subject.user();
            case PLAN -> subject.plan();
            default -> subject.attribute(name);
        };
    }

    /** Returns a number so that equal ones are equal as objects: whole ones as {@link Long}; other values as they are. */
    static Object normalise(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT;
            return whole ? (Object) (long) number : (Object) number;
        }
        return value;
    }
}
