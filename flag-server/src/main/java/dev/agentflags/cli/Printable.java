package dev.agentflags.cli;

import java.util.regex.Pattern;

/** Text from a document, made fit for a terminal. */
final class Printable {

    private static final String ELLIPSIS = "…";
    private static final Pattern PLAIN_ARGUMENT = Pattern.compile("[A-Za-z0-9._/@%+=:,-]+");
    private static final int FIRST_WIDE = 0x1100;

    private Printable() {}

    /** Returns a text without anything that could move the cursor, change colours or reverse the line. */
    static String of(String text) {
        if (text.codePoints().noneMatch(Printable::isDangerous)) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isDangerous(c)) {
                safe.append("\\u%04x".formatted(c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private static boolean isDangerous(int c) {
        return Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** Returns a text as an argument that a shell takes as one. */
    static String argument(String text) {
        return PLAIN_ARGUMENT.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Returns how many columns a text takes. */
    static int width(String text) {
        return text.codePoints().map(Printable::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return c >= FIRST_WIDE && isWide(c) ? 2 : 1;
    }

    /** The blocks that East Asian Width (UAX 11) calls wide, emoji included; near enough for a table. */
    private static boolean isWide(int c) {
        return c <= 0x115F
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }

    /** Returns a text that takes at most so many columns, with an ellipsis where something was cut. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int left = columns - 1;
        for (int c : text.codePoints().toArray()) {
            left -= width(c);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.toString().stripTrailing() + ELLIPSIS;
    }
}
