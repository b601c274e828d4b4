package dev.agentflags.agent.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prompt with {@code {{name}}} where a variable's value goes. Immutable.
 *
 * <p>A name is a letter or underscore, then letters, digits, underscores and dots; a dot is a part of the name and
 * leads nowhere. Values go in verbatim and in one pass: braces in a value stay braces. There are no sections, partials,
 * filters or blanks inside the braces.
 *
 * @param text with or without variables
 */
public record PromptTemplate(String text) {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /**
     * Says what keeps this template from being rendered with {@code variables}: the first variable that has no value,
     * or the first two opening braces that do not open a variable. Null if nothing does.
     */
    public @Nullable String problem(Map<String, String> variables) {
        int open = text.indexOf(OPEN);
        while (open >= 0) {
            String name = nameAt(open);
            if (name == null) {
                return "expected {{name}} at character " + open + ", found another {{";
            }
            if (variables.get(name) == null) {
                return "missing variable " + name;
            }
            open = text.indexOf(OPEN, end(open, name));
        }
        return null;
    }

    /** Puts values in place of the variables; what has no value, or is no variable, stays as it is written. */
    public String render(Map<String, String> variables) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return text;
        }
        var rendered = new StringBuilder(text.length() + 64);
        int from = 0;
        while (open >= 0) {
            String name = nameAt(open);
            String value = name == null ? null : variables.get(name);
            int next = name == null || value == null ? open + 1 : end(open, name);
            rendered.append(text, from, open).append(value == null ? text.substring(open, next) : value);
            from = next;
            open = text.indexOf(OPEN, from);
        }
        return rendered.append(text, from, text.length()).toString();
    }

    private @Nullable String nameAt(int open) {
        int start = open + OPEN.length();
        int close = text.indexOf(CLOSE, start);
        if (close <= start || !isFirst(text.charAt(start))) {
            return null;
        }
        for (int i = start + 1; i < close; i++) {
            if (!isFirst(text.charAt(i)) && !isInner(text.charAt(i))) {
                return null;
            }
        }
        return text.substring(start, close);
    }

    private static boolean isFirst(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isInner(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    private static int end(int open, String name) {
        return open + OPEN.length() + name.length() + CLOSE.length();
    }
}
