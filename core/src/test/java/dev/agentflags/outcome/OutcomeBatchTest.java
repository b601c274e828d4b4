package dev.agentflags.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agentflags.document.DocumentException;
import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.model.Treatment;
import dev.agentflags.model.Variants;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeBatchTest {

    private static final OutcomeBatch BATCH = new OutcomeBatch(
            "p-1",
            7,
            3,
            List.of(
                    new Outcome("f", Arm.TREATMENT, -2L, "42", Map.of(Name.ERROR, 1.0, Name.LATENCY, 812.5)),
                    new Outcome("f", Arm.CONTROL, null, null, Map.of(Name.LATENCY, Double.POSITIVE_INFINITY)),
                    new Outcome("f", Arm.CONTROL, 5L, "42", Map.of())));

    @Test
    void is_written_as_one_line_of_json_without_any_name() {
        assertThat(BATCH.toJson())
                .isEqualTo("{\"process\":\"p-1\",\"sequence\":7,\"lost\":3,\"outcomes\":["
                        + "{\"flag\":\"f\",\"arm\":\"treatment\",\"unit\":\"fffffffffffffffe\",\"version\":\"42\","
                        + "\"values\":{\"error\":1,\"latency\":812.5}},"
                        + "{\"flag\":\"f\",\"arm\":\"control\",\"values\":{\"latency\":null}},"
                        + "{\"flag\":\"f\",\"arm\":\"control\",\"unit\":\"0000000000000005\",\"version\":\"42\","
                        + "\"values\":{}}]}");
    }

    @Test
    void is_read_back_as_it_was() throws DocumentException {
        assertThat(OutcomeBatch.fromJson(BATCH.toJson())).isEqualTo(BATCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                             | /: expected an object",
                "{'process': 'p', 'sequence': 1}                | /outcomes: expected an array",
                "{'process': 1, 'sequence': 1, 'outcomes': []}  | /process: expected a string",
                "{'process': 'p', 'sequence': -1, 'outcomes': []} | /sequence: expected a whole number of 0 or more",
                "{'process': 'p', 'sequence': 1, 'outcomes': [1]} | /outcomes/0: expected an object",
                "{'process': 'p', 'sequence': 1, 'outcomes': [{'flag': 'f', 'arm': 'both', 'values': {}}]} | /outcomes/0/arm: expected one of [TREATMENT, CONTROL] in lower case",
                "{'process': 'p', 'sequence': 1, 'outcomes': [{'flag': 'f', 'arm': 'control', 'unit': 'x', 'values': {}}]} | /outcomes/0/unit: expected up to 16 hexadecimal digits",
                "{'process': 'p', 'sequence': 1, 'outcomes': [{'flag': 'f', 'arm': 'control', 'values': {'error': 2}}]} | /outcomes/0/values: expected 0 or 1 of ERROR, found 2.0",
                "{'process': 'p', 'sequence': 1, 'outcomes': [{'flag': 'f', 'arm': 'control', 'values': {'cost': -1}}]} | /outcomes/0/values: expected an amount of COST, found -1.0",
                "{'process': 'p', 'sequence': 1, 'outcomes': [{'flag': 'f', 'arm': 'control', 'values': {'cost': 'x'}}]} | /outcomes/0/values/cost: expected a number, or null for what never ends"
            })
    void is_refused_with_the_place_where_it_is_none(String json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutcomeBatch.fromJson(json.replace('\'', '"')))
                .withMessage(message);
    }

    @Test
    void is_refused_where_it_is_not_even_json() {
        assertThatExceptionOfType(DocumentException.class).isThrownBy(() -> OutcomeBatch.fromJson("{"));
    }

    @Test
    void has_pseudonyms_that_are_the_same_everywhere_and_others_for_every_flag() {
        assertThat(Units.hash("f", "alice"))
                .isEqualTo(0x9b94c1b0e4705f00L)
                .isNotEqualTo(Units.hash("g", "alice"))
                .isNotEqualTo(Units.hash("f", "bob"));
    }

    @ParameterizedTest
    @CsvSource({"on, TREATMENT", "off, CONTROL", "other, ", ", "})
    void has_arms_by_the_names_of_the_variants(@Nullable String variant, @Nullable Arm arm) {
        var variants = new Variants(Map.of(), new Treatment.Single("on"), "off");
        assertThat(Arms.of(variants, variant)).isEqualTo(arm);
    }

    @Test
    void has_arms_of_splits_and_of_those_who_keep_their_own_default() {
        var split = new Variants(Map.of(), Treatment.Split.of(Map.of("a", 1.0, "b", 1.0)), null);
        assertThat(Arms.of(split, "b")).isEqualTo(Arm.TREATMENT);
        assertThat(Arms.of(split, null)).isEqualTo(Arm.CONTROL);
        assertThat(Arms.of(new Variants(Map.of(), new Treatment.Single("off"), "off"), "off"))
                .isNull();
    }
}
