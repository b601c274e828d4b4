package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentflags.model.FlagValue;
import org.jspecify.annotations.Nullable;

/**
 * Changes a document and leaves everything else in it, in its order: other fields, unknown ones and free ones included.
 *
 * <p>It does not check what it writes; {@link DocumentReader} does. Not safe for use by many threads.
 */
public final class DocumentEditor {

    private final String text;
    private ObjectNode root;
    private final ObjectNode flags;

    private DocumentEditor(String text, ObjectNode root) {
        this.text = text;
        this.root = root;
        this.flags = Form.of(root) == Form.FULL ? (ObjectNode) root.get("flags") : root;
    }

    /**
     * Opens a document.
     *
     * @throws DocumentException if it is not JSON, over a limit, or not an object
     */
    public static DocumentEditor open(String text) throws DocumentException {
        JsonNode root = Json.parse(text);
        if (root instanceof ObjectNode object) {
            return new DocumentEditor(text, object);
        }
        var problems = new Problems();
        problems.error(Place.ROOT, Found.expected("an object", root));
        throw new DocumentException(problems.locatedIn(text));
    }

    /** Whether there is a flag of this key, sound or not. */
    public boolean hasFlag(String key) {
        return flags.has(key) && !key.equals(Form.SCHEMA);
    }

    /**
     * Returns a flag as it stands, or null if there is none.
     *
     * @throws DocumentException if it has a whole number that does not fit 64 bits
     */
    public @Nullable FlagValue flag(String key) throws DocumentException {
        JsonNode flag = hasFlag(key) ? flags.get(key) : null;
        return flag == null ? null : JsonText.value(flag, text);
    }

    /** Replaces a flag where it stands, or adds it as the last one. */
    public void putFlag(String key, FlagValue flag) {
        flags.set(key, JsonText.tree(flag));
    }

    /** Removes a flag, if it is there. */
    public void removeFlag(String key) {
        flags.remove(key);
    }

    /**
     * Sets one field of a flag.
     *
     * @throws IllegalArgumentException if there is no such flag, or it is not an object
     */
    public void setField(String key, String field, FlagValue value) {
        if (flags.get(key) instanceof ObjectNode flag) {
            flag.set(field, JsonText.tree(value));
        } else {
            throw new IllegalArgumentException("\"" + key + "\" is not a flag that is an object");
        }
    }

    /** Whether this document has the full form. */
    public boolean isFull() {
        return Form.of(root) == Form.FULL;
    }

    /**
     * Returns a field of the root, or null where it is absent or the document has the minimal form.
     *
     * @throws DocumentException if it has a whole number that does not fit 64 bits
     */
    public @Nullable FlagValue root(String field) throws DocumentException {
        JsonNode value = isFull() ? root.get(field) : null;
        return value == null ? null : JsonText.value(value, text);
    }

    /** Sets a field of the root, for which the document must have the full form; a minimal one is wrapped first. */
    public void setRoot(String field, FlagValue value) {
        if (!isFull()) {
            wrap();
        }
        boolean isNew = !root.has(field);
        root.set(field, JsonText.tree(value));
        if (isNew) {
            moveLast("flags");
        }
    }

    private void wrap() {
        ObjectNode full = Json.nodes().objectNode();
        JsonNode schema = flags.remove(Form.SCHEMA);
        if (schema != null) {
            full.set(Form.SCHEMA, schema);
        }
        full.put("version", DocumentReader.VERSION);
        full.set("flags", flags);
        root = full;
    }

    /** The flags are the longest part; what is short stays above them. */
    private void moveLast(String field) {
        JsonNode value = root.remove(field);
        root.set(field, value);
    }

    /** Returns the document as it is now, indented. */
    public String text() {
        return Json.write(root);
    }
}
