package dev.agentflags.remote.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds in {@code Link} headers (RFC 8288) the one that says where changes are told. */
final class LinkHeader {

    private static final String RELATION = "monitor";
    private static final String TYPE = "text/event-stream";

    private LinkHeader() {}

    /** Returns what the first such link refers to, or null if there is none. What is not a link is passed over. */
    static @Nullable String stream(List<String> headers) {
        for (String header : headers) {
            for (String link : split(header, ',')) {
                List<String> parts = split(link, ';');
                String target = parts.get(0).strip();
                if (target.startsWith("<") && target.endsWith(">") && isStream(parts)) {
                    return target.substring(1, target.length() - 1).strip();
                }
            }
        }
        return null;
    }

    private static boolean isStream(List<String> parts) {
        String relations = parameter(parts, "rel");
        String type = parameter(parts, "type");
        return relations != null
                && List.of(relations.toLowerCase(Locale.ROOT).split("\\s+")).contains(RELATION)
                && (type == null || type.equalsIgnoreCase(TYPE));
    }

    private static @Nullable String parameter(List<String> parts, String name) {
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return unquoted(part.substring(equals + 1).strip());
            }
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    /** Splits at a separator that is neither in a reference nor in quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        char until = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (until == '"' && c == '\\') {
                i++;
            } else if (until != 0) {
                until = c == until ? 0 : until;
            } else if (c == '"') {
                until = '"';
            } else if (c == '<') {
                until = '>';
            } else if (c == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
