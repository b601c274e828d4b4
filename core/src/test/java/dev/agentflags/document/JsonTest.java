package dev.agentflags.document;

import static dev.agentflags.document.Documents.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no document may be, whatever it says. */
class JsonTest {

    private static void reads(String document) {
        assertThat(Documents.read(document).problems()).isEmpty();
    }

    private static void refuses(byte[] document, String message) {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.read(document))
                .withMessage(message);
    }

    private static void refuses(String document, String message) {
        refuses(document.getBytes(UTF_8), message);
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.read(document))
                .withMessage(message);
    }

    /** Returns a document with this as the value of a free field of its only flag, at line 2, column 1. */
    private static String free(String value) {
        return json("{'f': {'status': 'on', 'x-a':\n") + value + "}}";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``             | 1:1: expected an object, found nothing
            `  `           | 1:1: expected an object, found nothing
            null           | 1:1: expected an object, found null
            true           | 1:1: expected an object, found true
            5              | 1:1: expected an object, found 5
            "text"         | 1:1: expected an object, found "text"
            []             | 1:1: expected an object, found an array
            [{"status":1}] | 1:1: expected an object, found an array
            """)
    void refuses_what_is_not_an_object(String document, String message) {
        refuses(document, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <html>           | 1:1: not JSON: Unexpected character ('<' (code 60)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {                | 1:2: not JSON: Unexpected end-of-input: expected close marker for Object
            {"f":{"status":  | 1:16: /f/status: not JSON: Unexpected end-of-input within/between Object entries
            {"f":{"status"   | 1:15: /f/status: not JSON: Unexpected end-of-input within/between Object entries
            {"f":1,}         | 1:8: /f: not JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name
            {"f":[1,]}       | 1:9: /f/1: not JSON: Unexpected character (']' (code 93)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {'f':1}          | 1:2: not JSON: Unexpected character (''' (code 39)): was expecting double-quote to start field name
            {f:1}            | 1:2: not JSON: Unexpected character ('f' (code 102)): was expecting double-quote to start field name
            {"f":01}         | 1:7: /f: not JSON: Invalid numeric value: Leading zeroes not allowed
            {"f":+1}         | 1:7: /f: not JSON: Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs
            {"f":.5}         | 1:6: /f: not JSON: Unexpected character ('.' (code 46)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {"f":0x1}        | 1:7: /f: not JSON: Unexpected character ('x' (code 120)): was expecting comma to separate Object entries
            {"f":tru}        | 1:6: /f: not JSON: Unrecognized token: was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {"f":NaN}        | 1:9: /f: not JSON: Non-standard token 'NaN'
            {"f":Infinity}   | 1:14: /f: not JSON: Non-standard token 'Infinity'
            {"f":-Infinity}  | 1:15: /f: not JSON: Non-standard token '-Infinity'
            {"f":1} // no    | 1:9: not JSON: Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)
            """)
    void refuses_what_is_not_JSON(String document, String message) {
        refuses(document, message);
    }

    @Test
    void refuses_raw_control_characters_and_unknown_escapes() {
        refuses(
                free("\"\t\""),
                "2:2: /f/x-a: not JSON: Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using"
                        + " backslash to be included in string value");
        refuses(free("\"\\x\""), "2:3: /f/x-a: not JSON: Unrecognized character escape 'x' (code 120)");
    }

    @Test
    void refuses_names_that_are_there_twice_at_any_depth() {
        refuses(
                json("{'f': {'status': 'on'},\n 'f': {'status': 'off'}}"),
                "2:5: /f: expected each name once, found \"f\" for the second time");
        refuses(
                json("{'f': {'status': 'on', 'kill_switch': true, 'kill_switch': false}}"),
                "1:58: /f/kill_switch: expected each name once, found \"kill_switch\" for the second time");
        refuses(
                free("[[{\"a\": 1, \"\\u0061\": 2}]]"),
                "2:20: /f/x-a/0/0/a: expected each name once, found \"a\" for the second time");
    }

    @Test
    void refuses_anything_after_the_end() {
        String sound = json("{'f': {'status': 'on'}}");
        reads(sound + " \n\t\r");
        refuses(sound + "\n{}", "2:1: expected the end of the document, found more");
        refuses(sound + " 1", "1:25: expected the end of the document, found more");
        refuses(sound + "}", "1:24: not JSON: Unexpected close marker '}': no open Object to close");
        refuses(
                sound + "\u0000",
                "1:25: not JSON: Illegal character ((CTRL-CHAR, code 0)): only regular white space (\\r, \\n, \\t) is"
                        + " allowed between tokens");
    }

    @ParameterizedTest
    @CsvSource({"1e309", "-1e309", "1e999999999", "1e99999999999999999999", "1.7976931348623159e308"})
    void refuses_numbers_that_no_double_can_hold(String number) {
        refuses(free(number), "2:1: /f/x-a: expected a number that a double can hold, found more");
    }

    @Test
    @Timeout(60)
    void takes_tiny_numbers_and_long_ones() {
        reads(free("1e-999999999"));
        reads(free("[0e999999999, -0.0, 1.7976931348623157e308, 4.9e-324]"));
        reads(free("9".repeat(64)));
        refuses(
                free("9".repeat(65)),
                "2:66: /f/x-a: over a limit: Number value length (65) exceeds the maximum allowed (64)");
    }

    @Test
    void refuses_what_is_more_than_64_deep() {
        reads(free("[".repeat(62) + "]".repeat(62)));
        refuses(
                free("[".repeat(63) + "]".repeat(63)),
                "2:64: /f/x-a" + "/0".repeat(62)
                        + ": over a limit: Document nesting depth (65) exceeds the maximum allowed (64)");
    }

    @Test
    @Timeout(60)
    void refuses_what_is_a_million_deep() {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.read("[".repeat(1_000_000)))
                .withMessageContaining("nesting depth");
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.read("{\"a\":".repeat(1_000_000)))
                .withMessageContaining("nesting depth");
    }

    @Test
    void refuses_strings_of_more_than_64_Ki_characters() {
        reads(free('"' + "é".repeat(64 * 1024) + '"'));
        refuses(
                free('"' + "é".repeat(64 * 1024 + 1) + '"'),
                "2:65540: /f/x-a: over a limit: String value length (65537) exceeds the maximum allowed (65536)");
    }

    @Test
    void refuses_names_of_more_than_256_characters() {
        reads(free("{\"" + "n".repeat(256) + "\": 1}"));
        refuses(
                free("{\"" + "n".repeat(257) + "\": 1}"),
                "2:261: /f/x-a: over a limit: Name length (257) exceeds the maximum allowed (256)");
    }

    @Test
    void refuses_more_than_8_MiB() {
        int max = 8 * 1024 * 1024;
        String sound = json("{'f': {'status': 'on'}}");
        reads(sound + " ".repeat(max - sound.length()));
        refuses(sound + " ".repeat(max - sound.length() + 1), "expected at most 8388608 bytes, found 8388609");
        // as bytes, not as characters
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.read("é".repeat(max / 2 + 1)))
                .withMessage("expected at most 8388608 bytes, found 8388610");
    }

    @Test
    void passes_over_a_byte_order_mark() throws DocumentException {
        String sound = json("\uFEFF{'f': {'status': 'on'}}");
        assertThat(DocumentReader.read(sound.getBytes(UTF_8)).problems()).isEmpty();
        refuses(
                ("\uFEFF" + sound).getBytes(UTF_8),
                "1:1: not JSON: Unexpected character ('\uFEFF' (code 65279 / 0xfeff)): expected a valid value (JSON"
                        + " String, Number, Array, Object or token 'null', 'true' or 'false')");
    }

    @Test
    void refuses_bytes_that_are_not_UTF_8() {
        refuses(free("\"é\"").getBytes(ISO_8859_1), "expected UTF-8, found something else at byte 31");
        refuses(free("1").getBytes(UTF_16), "expected UTF-8, found something else at byte 0");
        refuses(
                free("1").getBytes(UTF_16LE),
                "1:3: not JSON: Illegal character ((CTRL-CHAR, code 0)): only regular white space (\\r, \\n, \\t) is"
                        + " allowed between tokens");
        // an overlong slash, half of a surrogate pair, and a code point beyond Unicode
        for (byte[] bytes : List.of(
                new byte[] {(byte) 0xC0, (byte) 0xAF},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80})) {
            refuses(bytes, "expected UTF-8, found something else at byte 0");
        }
    }

    @Test
    void refuses_halves_of_surrogate_pairs() {
        reads(free("\"\\ud83d\\ude00 \\\\ud83d \\u00e9 \uD83D\uDE00\""));
        refuses(free("\"\\ud83d\""), "2:2: expected Unicode, found half of a surrogate pair: \\ud83d");
        refuses(free("\"\\\\\\uDE00\\ud83d\""), "2:4: expected Unicode, found half of a surrogate pair: \\uDE00");
        refuses(
                free("{\"\\ud83d\\u0020\": 1}"),
                "2:15: /f/x-a: not JSON: Broken surrogate pair in field name: expected low surrogate, got 0x0020");
        refuses(free("{\"\\ude00\": 1}"), "2:9: /f/x-a: not JSON: Unexpected low surrogate in field name: 0xde00");
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> DocumentReader.read(free("\"\uD83D\"")))
                .withMessage("expected Unicode, found half of a surrogate pair at index 31");
    }

    @Test
    @Timeout(60)
    void stays_within_bounds_however_many_small_values_there_are() {
        List<String> bombs = new ArrayList<>();
        bombs.add("[" + "[],".repeat(1_000_000) + "0]");
        bombs.add("[" + "{},".repeat(1_000_000) + "0]");
        bombs.add("[" + "0,".repeat(2_000_000) + "0]");
        bombs.forEach(bomb -> reads(free(bomb)));
    }
}
