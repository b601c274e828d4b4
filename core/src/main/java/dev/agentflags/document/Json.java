package dev.agentflags.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.NopIndenter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * JSON text to tree and back, by RFC 8259 and within {@link Limits}.
 *
 * <p>Refuses what Jackson would let pass: duplicate names, text after the end, numbers that no double can hold, strings and
 * bytes that are not Unicode, and nothing at all.
 */
final class Json {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Pattern ADVICE = Pattern.compile(" \\(start marker.*|, from `[^`]*`|: enable `.*");

    /** What Jackson could make nothing of; it may be a secret that somebody has put in the wrong place. */
    private static final Pattern TOKEN = Pattern.compile("(?<=^Unrecognized token) '[^']*'");

    /** Of a backslash, a u, and four digits. */
    private static final int ESCAPE_LENGTH = 6;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(Limits.CONSTRAINTS)
                    // keys of flags are data, not for the virtual machine to remember
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .nodeFactory(new FiniteNumbers())
            .build();

    /** For text that was read or written before. */
    private static final ObjectMapper TRUSTING = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private static final Separators SPACED = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEntrySpacing(Spacing.AFTER)
            .withArrayValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");

    private static final DefaultPrettyPrinter ONE_LINE = new DefaultPrettyPrinter(SPACED)
            .withObjectIndenter(NopIndenter.instance)
            .withArrayIndenter(NopIndenter.instance);

    private static final DefaultPrettyPrinter INDENTED = new DefaultPrettyPrinter(
                    SPACED.withObjectEntrySpacing(Spacing.NONE))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(NopIndenter.instance);

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
            throw refused(0, 0, "expected UTF-8, found something else at byte " + bytes.position());
        }
    }

    /**
     * Makes sure that a text could have been decoded.
     *
     * @throws DocumentException if it has no encoding, or one of too many bytes
     */
    static void requireText(String text) throws DocumentException {
        CharBuffer chars = CharBuffer.wrap(text);
        try {
            requireSize(StandardCharsets.UTF_8.newEncoder().encode(chars).limit());
        } catch (CharacterCodingException e) {
            throw refused(0, 0, "expected Unicode, found half of a surrogate pair at index " + chars.position());
        }
    }

    private static void requireSize(int bytes) throws DocumentException {
        if (bytes > Limits.MAX_BYTES) {
            throw refused(0, 0, "expected at most " + Limits.MAX_BYTES + " bytes, found " + bytes);
        }
    }

    /** Reads one JSON value and makes sure that nothing follows it. */
    static JsonNode parse(String text) throws DocumentException {
        try (JsonParser parser = parser(text)) {
            return parseAll(parser, text);
        } catch (IOException e) {
            throw new UncheckedIOException("closing a parser over a string", e);
        }
    }

    /** Reads what an object has for itself: the objects and lists in it come out empty, and what follows it is not looked at. */
    static JsonNode outline(String text) throws DocumentException {
        ObjectNode outline = MAPPER.createObjectNode();
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused(1, 1, "expected an object, found something else");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue()) {
                    outline.set(name, MAPPER.readTree(parser));
                } else {
                    outline.set(
                            name,
                            value == JsonToken.START_OBJECT ? MAPPER.createObjectNode() : MAPPER.createArrayNode());
                    parser.skipChildren();
                }
            }
            return outline;
        } catch (NotFinite | IOException e) {
            throw refused(1, 1, "not JSON");
        }
    }

    private static JsonNode parseAll(JsonParser parser, String text) throws DocumentException {
        try {
            JsonNode root = MAPPER.readTree(parser);
            if (root == null || root.isMissingNode()) {
                throw refused(1, 1, "expected an object, found nothing");
            }
            if (parser.nextToken() != null) {
                throw refused(parser.currentTokenLocation(), parser, "expected the end of the document, found more");
            }
            requirePairs(text);
            return root;
        } catch (NotFinite e) {
            throw refused(
                    parser.currentTokenLocation(), parser, "expected a number that a double can hold, found more");
        } catch (StreamConstraintsException e) {
            throw refused(parser.currentLocation(), parser, "over a limit: " + said(e));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            String name = parser.getParsingContext().getCurrentName();
            boolean isDuplicate = name != null && e.getOriginalMessage().startsWith("Duplicate field");
            throw refused(
                    at,
                    parser,
                    isDuplicate
                            ? "expected each name once, found " + Found.quoted(name) + " for the second time"
                            : "not JSON: " + said(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string", e);
        }
    }

    /**
     * Makes sure that escapes stand for Unicode, not for halves of surrogate pairs, of which no UTF-8 can be made.
     *
     * @param text sound JSON
     */
    private static void requirePairs(String text) throws DocumentException {
        int at = text.indexOf('\\');
        while (at >= 0) {
            char first = escaped(text, at);
            boolean isPair = Character.isSurrogatePair(first, escaped(text, at + ESCAPE_LENGTH));
            if (Character.isSurrogate(first) && !isPair) {
                String before = text.substring(0, at);
                int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
                throw refused(
                        line,
                        at - before.lastIndexOf('\n'),
                        "expected Unicode, found half of a surrogate pair: " + text.substring(at, at + ESCAPE_LENGTH));
            }
            int length = isPair ? 2 * ESCAPE_LENGTH : 2;
            at = text.indexOf('\\', at + length);
        }
    }

    /** Returns the character that is escaped by its number at an index, or 0 where there is none. */
    private static char escaped(String text, int at) {
        return text.startsWith("\\u", at) ? (char) Integer.parseInt(text, at + 2, at + ESCAPE_LENGTH, 16) : 0;
    }

    /** Opens a parser over a text. */
    static JsonParser parser(String text) throws IOException {
        return MAPPER.createParser(text);
    }

    /** Opens a parser over a text that was read or written before, without limits. */
    static JsonParser trusted(String text) throws IOException {
        return TRUSTING.createParser(text);
    }

    /** Reads one value that was read or written before, without limits. */
    static JsonNode parseTrusted(String text) {
        try {
            return TRUSTING.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("reading a value for the second time", e);
        }
    }

    /** Returns a value as text, objects indented by two spaces and lists on one line, as people write them. */
    static String indented(JsonNode value) {
        return write(value, INDENTED);
    }

    /** Returns a value as text on one line, with spaces. */
    static String onOneLine(JsonNode value) {
        return write(value, ONE_LINE);
    }

    private static String write(JsonNode value, DefaultPrettyPrinter layout) {
        try {
            return MAPPER.writer(layout).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing a tree", e);
        }
    }

    private static DocumentException refused(JsonLocation at, JsonParser parser, String message) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        return refused(at.getLineNr(), at.getColumnNr(), pointer, message);
    }

    private static DocumentException refused(int line, int column, String message) {
        return refused(line, column, "", message);
    }

    private static DocumentException refused(int line, int column, String pointer, String message) {
        return new DocumentException(
                List.of(new Problem(Problem.Severity.ERROR, pointer, line, column, null, message)));
    }

    /** Returns what Jackson says, without its advice on how to configure it, and without what it was given. */
    private static String said(JsonProcessingException e) {
        String line = e.getOriginalMessage().lines().findFirst().orElse("malformed");
        return TOKEN.matcher(ADVICE.matcher(line).replaceAll("")).replaceAll("");
    }

    /** Makes no number that is infinite as a double. */
    private static final class FiniteNumbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1;

        @Override
        public NumericNode numberNode(double value) {
            if (!Double.isFinite(value)) {
                throw new NotFinite();
            }
            return super.numberNode(value);
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
