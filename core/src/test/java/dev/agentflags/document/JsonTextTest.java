package dev.agentflags.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Null;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @MethodSource("values")
    void writes_and_reads_every_kind_of_value(FlagValue value, String text) throws DocumentException {
        assertThat(JsonText.write(value)).isEqualTo(text);
        assertThat(JsonText.read(text)).isEqualTo(value);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(new Bool(true), "true"),
                Arguments.of(new Bool(false), "false"),
                Arguments.of(new Text("a\n\"\\\u2028é😀\u0000"), "\"a\\n\\\"\\\\\u2028é😀\\u0000\""),
                Arguments.of(new Whole(Long.MIN_VALUE), "-9223372036854775808"),
                Arguments.of(new Decimal(25), "25.0"),
                Arguments.of(new Decimal(-1e-7), "-1.0E-7"),
                Arguments.of(new Null(), "null"),
                Arguments.of(new Sequence(List.of()), "[]"),
                Arguments.of(new Sequence(List.of(new Null(), new Whole(1))), "[null,1]"),
                Arguments.of(new Structure(Map.of("", new Structure(Map.of()))), "{\"\":{}}"));
    }

    @Test
    void has_a_case_for_every_kind_of_value() {
        List<FlagValue> values =
                values().map(arguments -> (FlagValue) arguments.get()[0]).toList();
        assertThat(values.stream().map(value -> value.getClass().getSimpleName()))
                .containsAll(Arrays.stream(FlagValue.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(values.stream().map(ValueReader::typeOf))
                .contains("boolean", "string", "number", "null", "array", "object");
    }

    @Test
    void writes_one_line_whatever_the_value_and_reads_it_back() throws DocumentException {
        Random random = new Random(7);
        for (int round = 0; round < 1_000; round++) {
            FlagValue value = value(random, 4);
            String text = JsonText.write(value);
            assertThat(text).doesNotContain("\n", "\r");
            assertThat(JsonText.read(text)).isEqualTo(value);
        }
    }

    private static FlagValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> new Bool(random.nextBoolean());
            case 1 -> new Whole(random.nextLong() >> random.nextInt(64));
            case 2 -> new Decimal(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
            case 3 -> new Text(text(random));
            case 4 -> new Null();
            case 5 -> {
                List<FlagValue> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield new Sequence(items);
            }
            default -> {
                Map<String, FlagValue> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put(text(random), value(random, depth - 1));
                }
                yield new Structure(fields);
            }
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(8), 0, 0x11_0000)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void reads_a_whole_number_that_is_too_large_as_the_nearest_decimal() throws DocumentException {
        assertThat(JsonText.read("9223372036854775808")).isEqualTo(new Decimal(0x1p63));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1 2", "{\"a\": 1, \"a\": 2}", "1e999", "NaN", "\"\\ud800\"", "\"\uD800\""})
    void refuses_what_a_document_must_not_be_either(String text) {
        assertThatExceptionOfType(DocumentException.class).isThrownBy(() -> JsonText.read(text));
    }

    @Test
    void is_never_asked_to_write_a_number_that_JSON_does_not_have() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Decimal(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Decimal(Double.NEGATIVE_INFINITY));
    }
}
