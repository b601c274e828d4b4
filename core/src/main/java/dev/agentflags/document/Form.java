package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;

/** Which of the two forms a document has. */
enum Form {
    /** A map of flags at the root. */
    MINIMAL,
    /** An object with {@code version}, {@code flags}, and what the minimal form has no room for. */
    FULL;

    /** The one name at the root of a minimal document that is not a flag's key; editors look for it. */
    static final String SCHEMA = "$schema";

    /** Returns the form: full exactly when {@code version} is a number and {@code flags} an object. */
    static Form of(JsonNode root) {
        return root.path("version").isNumber() && root.path("flags").isObject() ? FULL : MINIMAL;
    }

    /**
     * Reports a root that is no map of flags.
     *
     * <p>At least one entry must look like a flag, so that some other JSON, such as a proxy's error message, never replaces a
     * ruleset by nothing.
     */
    static void requireMinimal(JsonNode root, Problems problems) {
        if (!root.isObject()) {
            problems.error(Place.ROOT, Found.expected("an object", root));
            return;
        }
        JsonNode schema = root.get(SCHEMA);
        if (schema != null && !schema.isTextual()) {
            problems.error(Place.ROOT.child(SCHEMA), Found.expected("a string", schema));
        }
        if (root.properties().stream().noneMatch(entry -> entry.getValue().has("status"))) {
            problems.error(
                    Place.ROOT,
                    "expected a map of flags, or \"version\" (a number) and \"flags\" (an object), found no flag with a"
                            + " status; a document without flags is {\"version\": 1, \"flags\": {}}");
        }
    }
}
