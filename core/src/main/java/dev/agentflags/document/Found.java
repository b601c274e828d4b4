package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words for what a document has where something else was expected. Short, and on one line, whatever the document has. */
final class Found {

    private static final int SHOWN = 60;
    private static final int NAMES_SHOWN = 10;

    private Found() {}

    /** Returns the message for a value, or for the lack of one. */
    static String expected(String expected, @Nullable JsonNode found) {
        return "expected " + expected + ", found " + describe(found);
    }

    private static String describe(@Nullable JsonNode node) {
        if (node == null) {
            return "nothing";
        }
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return "an array";
        }
        return shortened(node.toString());
    }

    /** Returns a text from a document as JSON writes it. */
    static String quoted(String text) {
        return shortened(TextNode.valueOf(text).toString());
    }

    private static String shortened(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end) + "…";
    }

    /** Returns the names that there are to choose from, the first few of them where they are many. */
    static String names(Collection<String> names) {
        return names.stream()
                .limit(NAMES_SHOWN)
                .map(Found::shortened)
                .collect(Collectors.joining(", ", "[", names.size() > NAMES_SHOWN ? ", …]" : "]"));
    }

    /** Returns a number as people write it: 100, not 100.0. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
