package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Words for what a document has where something else was expected. */
final class Found {

    private static final int SHOWN = 60;

    private Found() {}

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
        String text = node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Returns a number as people write it: 100, not 100.0. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
