package dev.agentflags.remote.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After}, which is a number of seconds or a date. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern MORE_SECONDS = Pattern.compile("\\d{10,}");

    /** Longer than anyone waits; whoever reads it has a limit of his own. */
    private static final Duration VERY_LONG = Duration.ofDays(365);

    private RetryAfter() {}

    /**
     * Returns how long to wait.
     *
     * @param header its value, or null where there is none
     * @param date when the answer was made by the server's own clock, as the header {@code Date} has it, or null
     * @return null where the header says nothing that can be understood, or says a time that has passed
     */
    static @Nullable Duration read(@Nullable String header, @Nullable String date) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        return MORE_SECONDS.matcher(value).matches() ? VERY_LONG : between(instant(date), instant(value));
    }

    private static @Nullable Duration between(@Nullable Instant now, @Nullable Instant then) {
        return now == null || then == null || then.isBefore(now) ? null : Duration.between(now, then);
    }

    private static @Nullable Instant instant(@Nullable String date) {
        try {
            return date == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip(), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
