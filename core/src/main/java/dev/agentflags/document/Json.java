package dev.agentflags.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * JSON text to tree and back, by RFC 8259 and within {@link Limits}.
 *
 * <p>Refuses what Jackson would let pass: duplicate names, text after the end, numbers that no double can hold, bytes that
 * are not UTF-8, and nothing at all.
 */
final class Json {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(Limits.CONSTRAINTS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(new FiniteNumbers())
            .build();

    private Json() {}

    /**
     * Decodes UTF-8, without a byte order mark.
     *
     * @throws DocumentException if the bytes are too many or not UTF-8
     */
    static String decode(byte[] utf8) throws DocumentException {
        requireSize(utf8.length);
        ByteBuffer bytes = ByteBuffer.wrap(utf8);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused(0, 0, "", "expected UTF-8, found something else at byte " + bytes.position());
        }
    }

    /** Refuses a document of too many bytes. */
    static void requireSize(int bytes) throws DocumentException {
        if (bytes > Limits.MAX_BYTES) {
            throw refused(0, 0, "", "expected at most %,d bytes, found %,d".formatted(Limits.MAX_BYTES, bytes));
        }
    }

    /** Reads one JSON value and makes sure that nothing follows it. */
    static JsonNode parse(String text) throws DocumentException {
        try (JsonParser parser = parser(text)) {
            return parseAll(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("closing a parser over a string", e);
        }
    }

    private static JsonNode parseAll(JsonParser parser) throws DocumentException {
        try {
            JsonNode root = MAPPER.readTree(parser);
            if (root == null || root.isMissingNode()) {
                throw refused(1, 1, "", "expected a JSON object, found nothing");
            }
            if (parser.nextToken() != null) {
                throw refused(parser, "expected the end of the document, found more text");
            }
            return root;
        } catch (NotFinite e) {
            throw refused(parser, "expected a number that a double can hold, found a larger one");
        } catch (StreamConstraintsException e) {
            throw refused(parser, "over a limit: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw refused(at.getLineNr(), at.getColumnNr(), pointer(parser), "not JSON: " + firstLine(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string", e);
        }
    }

    /** Opens a parser over a text. */
    static JsonParser parser(String text) throws IOException {
        return MAPPER.createParser(text);
    }

    /** Writes a tree as text, indented by two spaces, ending with a line feed. */
    static String write(JsonNode root) {
        try {
            return MAPPER.writer(new Layout()).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing a tree", e);
        }
    }

    /** Returns an empty object's factory, for those who build trees. */
    static JsonNodeFactory nodes() {
        return MAPPER.getNodeFactory();
    }

    private static DocumentException refused(JsonParser parser, String message) {
        JsonLocation at = parser.currentLocation();
        return refused(at.getLineNr(), at.getColumnNr(), pointer(parser), message);
    }

    private static DocumentException refused(int line, int column, String pointer, String message) {
        return new DocumentException(
                List.of(new Problem(Problem.Severity.ERROR, pointer, line, column, null, message)));
    }

    private static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("malformed");
    }

    /** Makes no number that is infinite as a double. */
    private static final class FiniteNumbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1;

        @Override
        public ValueNode numberNode(BigDecimal value) {
            return finite(value.doubleValue(), DecimalNode.valueOf(value));
        }

        @Override
        public NumericNode numberNode(double value) {
            return finite(value, super.numberNode(value));
        }

        private static <T> T finite(double value, T node) {
            if (!Double.isFinite(value)) {
                throw new NotFinite();
            }
            return node;
        }
    }

    /** Leaves Jackson's tree builder when a number is too large. */
    private static final class NotFinite extends RuntimeException {

        private static final long serialVersionUID = 1;

        NotFinite() {
            super("number out of range", null, false, false);
        }
    }
}
