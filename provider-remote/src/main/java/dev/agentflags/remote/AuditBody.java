package dev.agentflags.remote;

import java.util.ArrayList;
import java.util.List;

/** Takes an audit trail apart into its entries, which together may be longer than any document. */
final class AuditBody {

    private AuditBody() {}

    /**
     * Returns the entries' texts, in order.
     *
     * @param json an object with one array, of objects
     * @throws IllegalArgumentException if it is something else
     */
    static List<String> entries(String json) {
        int start = json.indexOf('[');
        if (!json.stripLeading().startsWith("{") || start < 0) {
            throw new IllegalArgumentException("expected an array of entries");
        }
        List<String> entries = new ArrayList<>();
        int from = next(json, start + 1);
        while (json.charAt(from) == '{') {
            int to = end(json, from);
            entries.add(json.substring(from, to));
            from = next(json, to);
        }
        if (json.charAt(from) != ']') {
            throw new IllegalArgumentException("expected an entry or the end of the array");
        }
        return entries;
    }

    /** Returns where the next thing begins that is neither space nor a comma. */
    private static int next(String json, int from) {
        for (int i = from; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != ',' && !Character.isWhitespace(c)) {
                return i;
            }
        }
        throw cutShort();
    }

    /** Returns the position after the object that begins here. */
    private static int end(String json, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        throw cutShort();
    }

    private static IllegalArgumentException cutShort() {
        return new IllegalArgumentException("expected more, found the end");
    }
}
