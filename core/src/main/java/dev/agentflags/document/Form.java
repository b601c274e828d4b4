package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which of the two forms a document has. */
enum Form {
    /** A map of flags at the root. */
    MINIMAL,
    /** An object with {@code version}, {@code flags}, and what the minimal form has no room for. */
    FULL;

    /** The one name at the root of a minimal document that is not a flag's key; editors look for it. */
    static final String SCHEMA = "$schema";

    /** What a flag's status may be. */
    static final Set<String> STATUSES = new LinkedHashSet<>(List.of("off", "on", "percentage", "targeted"));

    /** Returns the form: full exactly when {@code version} is a number and {@code flags} an object. */
    static Form of(JsonNode root) {
        return root.path("version").isNumber() && root.path("flags").isObject() ? FULL : MINIMAL;
    }

    /** Returns the form of an object that is sound JSON. */
    static Form of(ObjectText root) {
        String version = root.get("version");
        String flags = root.get("flags");
        boolean isNumber = version != null && (version.startsWith("-") || Character.isDigit(version.charAt(0)));
        return isNumber && flags != null && flags.startsWith("{") ? FULL : MINIMAL;
    }

    /**
     * Whether an object of the minimal form has at least one entry that looks like a flag, so that some other JSON, such as a
     * proxy's error message, never replaces a ruleset by nothing.
     */
    static boolean looksLikeFlags(Fields root) {
        return root.entries().stream()
                .anyMatch(entry -> !entry.getKey().equals(SCHEMA)
                        && STATUSES.contains(entry.getValue().path("status").asText()));
    }
}
