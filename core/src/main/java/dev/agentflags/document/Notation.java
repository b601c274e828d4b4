package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Condition;
import dev.agentflags.model.SemanticVersion;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How something that JSON has no type for is written as a string.
 *
 * @param expected what it is, with an example
 * @param parser returns null, or throws a {@link DateTimeException}, where a text is not written so
 */
record Notation<T>(String expected, Function<String, @Nullable T> parser) {

    /** A moment, by RFC 3339. */
    static final Notation<Instant> TIME = new Notation<>("a time such as 2026-11-22T12:00:00Z", Condition.Time::parse);

    /** A day, as RFC 3339 writes it. */
    static final Notation<LocalDate> DATE =
            new Notation<>("a date such as 2027-03-01", matching("\\d{4}-\\d\\d-\\d\\d", LocalDate::parse));

    /** A length of time that is not negative, by ISO 8601, in days and less. */
    static final Notation<Duration> DURATION = new Notation<>(
            "a duration such as PT24H",
            matching("P(?=.)(\\d{1,9}D)?(T(?=.)(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,9}(\\.\\d{1,9})?S)?)?", Duration::parse));

    /** A version. */
    static final Notation<SemanticVersion> VERSION =
            new Notation<>("a semantic version such as 1.2.3", SemanticVersion::parse);

    /** A name that flags, segments and seeds can have. */
    static final Notation<String> KEY =
            new Notation<>(Limits.KEY.pattern(), matching(Limits.KEY.pattern(), key -> key));

    /** Returns what a value stands for, or null where it is not written so. */
    @Nullable
    T read(JsonNode node) {
        try {
            return node.isTextual() ? parser.apply(node.textValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static <T> Function<String, @Nullable T> matching(String pattern, Function<String, T> parser) {
        Pattern compiled = Pattern.compile(pattern);
        return text -> compiled.matcher(text).matches() ? parser.apply(text) : null;
    }
}
