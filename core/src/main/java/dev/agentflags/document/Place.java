package dev.agentflags.document;

import org.jspecify.annotations.Nullable;

/**
 * Where in a document a value stands.
 *
 * @param parent the place of the object or array that it is in, or null for the root
 * @param name its name there (a string), or its index (an integer)
 */
record Place(@Nullable Place parent, Object name) {

    static final Place ROOT = new Place(null, "");

    Place child(Object child) {
        return new Place(this, child);
    }

    /** Returns the place as a JSON pointer. */
    String pointer() {
        if (parent == null) {
            return "";
        }
        return parent.pointer() + "/" + name.toString().replace("~", "~0").replace("/", "~1");
    }
}
