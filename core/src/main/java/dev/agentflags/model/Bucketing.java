package dev.agentflags.model;

/**
 * How a subject is given its place between 0 and 100 %.
 *
 * @param by {@link #BY_USER}, or the name of the attribute that is hashed
 * @param seed hashed before the subject; flags with one seed move together
 */
public record Bucketing(String by, String seed) {

    /** Buckets by the user, which is OpenFeature's targeting key. */
    public static final String BY_USER = "user";
}
