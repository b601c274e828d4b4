package dev.agentflags.evaluation;

import dev.agentflags.model.Bucketing;
import org.jspecify.annotations.Nullable;

/** Gives subjects their hashes under one seed. Immutable. */
final class Bucketer {

    /** What a subject has that lacks what the flag buckets by. */
    static final long NO_KEY = -1;

    private final String by;
    private final boolean byUser;
    private final byte[] prefix;

    /**
     * Makes a bucketer.
     *
     * @param by {@link Bucketing#BY_USER} or an attribute's name
     * @param seed hashed before the colon
     */
    Bucketer(String by, String seed) {
        this.by = by;
        this.byUser = by.equals(Bucketing.BY_USER);
        this.prefix = Bucket.prefix(seed);
    }

    /** Returns the hash of a subject, of which it is told as a step is, 0 to 2<sup>32</sup>-1; or {@link #NO_KEY}. */
    long hash(@Nullable String user, Subject subject) {
        String key = byUser ? user : key(subject);
        return key == null ? NO_KEY : Bucket.hash(prefix, key);
    }

    /** A string as it is, a whole number in digits; null where the subject has neither. */
    private @Nullable String key(Subject subject) {
        Object value = Attribute.of(subject, by);
        if (value instanceof String text) {
            return text;
        }
        return value != null && Attribute.normalise(value) instanceof Long number ? number.toString() : null;
    }

    /** Whether this buckets by anything but the user. */
    boolean asksForMore() {
        return !byUser;
    }

    /** Returns the name of what subjects are bucketed by. */
    String by() {
        return by;
    }
}
