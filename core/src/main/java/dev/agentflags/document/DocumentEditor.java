package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.FlagValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes a document and leaves everything else in it as it is written: order, spelling and white space, unknown and free fields
 * included.
 *
 * <p>It does not check what it writes; {@link DocumentReader} does. Not safe for use by many threads.
 */
public final class DocumentEditor {

    private final String before;
    private final String after;
    private ObjectText root;

    /** The same as the root where the document has the minimal form. */
    private ObjectText flags;

    private boolean isFull;

    private DocumentEditor(String text) {
        int start = text.indexOf('{');
        int end = text.lastIndexOf('}') + 1;
        this.before = text.substring(0, start);
        this.after = text.substring(end);
        this.root = ObjectText.of(text.substring(start, end), "\n");
        this.isFull = Form.of(root) == Form.FULL;
        this.flags = isFull ? inside(root, "flags") : root;
    }

    /**
     * Opens a document.
     *
     * @param text the document, without a byte order mark
     * @throws DocumentException if it is not JSON, over a limit, or not an object
     */
    public static DocumentEditor open(String text) throws DocumentException {
        Json.requireText(text);
        JsonNode root = Json.parse(text);
        var problems = new Problems();
        if (Fields.of(root, Place.ROOT, problems) == null) {
            throw new DocumentException(problems.locatedIn(text));
        }
        return new DocumentEditor(text);
    }

    /**
     * Opens a document without looking at it once more.
     *
     * @param text of a document that {@link DocumentReader} has read
     */
    public static DocumentEditor ofReadable(String text) {
        return new DocumentEditor(text);
    }

    private static ObjectText inside(ObjectText owner, String name) {
        String text = owner.get(name);
        if (text == null || !text.startsWith("{")) {
            throw new IllegalArgumentException("\"" + name + "\" is not there, or not an object");
        }
        return ObjectText.of(text, owner.lineBreak());
    }

    /** Whether this document has the full form. */
    public boolean isFull() {
        return isFull;
    }

    /** Whether there is a flag of this key, sound or not. */
    public boolean hasFlag(String key) {
        return flags.has(key) && (isFull || !key.equals(Form.SCHEMA));
    }

    /** Returns a flag as it stands, or null if there is none. */
    public @Nullable FlagValue flag(String key) {
        return hasFlag(key) ? value(flags.get(key)) : null;
    }

    private static @Nullable FlagValue value(@Nullable String text) {
        return text == null ? null : JsonText.value(Json.parseTrusted(text));
    }

    /** Replaces a flag where it stands, or adds it as the last one. */
    public void putFlag(String key, FlagValue flag) {
        flags.set(key, JsonText.tree(flag));
    }

    /** Removes a flag, if it is there. */
    public void removeFlag(String key) {
        if (hasFlag(key)) {
            flags.remove(key);
        }
    }

    /**
     * Sets one field of a flag.
     *
     * @throws IllegalArgumentException if there is no such flag, or it is not an object
     */
    public void setField(String key, String field, FlagValue value) {
        ObjectText flag = inside(flags, key);
        flag.set(field, JsonText.tree(value));
        flags.setText(key, flag.text());
    }

    /** Returns a field of the root, or null where it is absent or the document has the minimal form. */
    public @Nullable FlagValue root(String field) {
        return isFull ? value(root.get(field)) : null;
    }

    /**
     * Sets a field of the root other than the flags, for which the document must have the full form; a minimal one is wrapped
     * first. The flags are the longest part, so what is new stands above them.
     */
    public void setRoot(String field, FlagValue value) {
        if (!isFull) {
            wrap();
        }
        root.setBefore("flags", field, JsonText.tree(value));
    }

    private void wrap() {
        String schema = root.get(Form.SCHEMA);
        root.remove(Form.SCHEMA);
        String lineBreak = Objects.requireNonNullElse(root.lineBreak(), "");
        int indent = lineBreak.indexOf('\n') + 1;
        String inner = root.text().replace("\n", "\n" + lineBreak.substring(indent));
        root = ObjectText.of(
                "{%s\"version\": %d,%s\"flags\": %s%s}"
                        .formatted(
                                lineBreak,
                                DocumentReader.VERSION,
                                lineBreak.isEmpty() ? " " : lineBreak,
                                inner,
                                lineBreak.substring(0, indent)),
                "\n");
        if (schema != null) {
            root.setBefore("version", Form.SCHEMA, Json.parseTrusted(schema));
        }
        isFull = true;
        flags = inside(root, "flags");
    }

    /** Returns the document as it is now. */
    public String text() {
        if (isFull) {
            root.setText("flags", flags.text());
        }
        return before + root.text() + after;
    }
}
