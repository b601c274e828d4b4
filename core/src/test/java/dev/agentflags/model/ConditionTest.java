package dev.agentflags.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.Condition.Order;
import dev.agentflags.model.Condition.Time;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    @Nested
    class ATime {

        @ParameterizedTest
        @CsvSource({
            "2026-11-22T12:00:00Z, 2026-11-22T12:00:00Z",
            "2026-11-22t12:00:00z, 2026-11-22T12:00:00Z",
            "2026-11-22T12:00:00.5Z, 2026-11-22T12:00:00.500Z",
            "2026-11-22T12:00:00.123456789+05:30, 2026-11-22T06:30:00.123456789Z",
            "2026-11-22T00:00:00-00:00, 2026-11-22T00:00:00Z",
            "2024-02-29T23:59:59+18:00, 2024-02-29T05:59:59Z",
            "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z"
        })
        void is_written_as_RFC_3339_says(String text, Instant time) {
            assertThat(Time.parse(text)).isEqualTo(time);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "2026-11-22",
                    "2026-11-22T12:00Z",
                    "2026-11-22T12:00:00",
                    "2026-11-22 12:00:00Z",
                    "2026-11-22T12:00:00+01",
                    "2026-11-22T12:00:00+0100",
                    "2026-11-22T12:00:00+01:00:30",
                    "2026-11-22T24:00:00Z",
                    "2026-11-22T23:59:60Z",
                    "2026-02-30T12:00:00Z",
                    "2026-13-01T12:00:00Z",
                    "2026-11-22T12:00:00.Z",
                    "2026-11-22T12:00:00.1234567890Z",
                    "+12026-11-22T12:00:00Z",
                    "-2026-11-22T12:00:00Z",
                    "26-11-22T12:00:00Z",
                    "2026-11-22T12:00:00Z ",
                    "2026-11-22T12:00:00[UTC]",
                    "now",
                    "1764000000"
                })
        void is_null_where_it_is_written_otherwise(String text) {
            assertThat(Time.parse(text)).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LESS, true, false, false",
        "LESS_OR_EQUAL, true, true, false",
        "GREATER, false, false, true",
        "GREATER_OR_EQUAL, false, true, true"
    })
    void orders_accept_what_their_name_says(Order order, boolean less, boolean equal, boolean greater) {
        assertThat(order.accepts(-7)).isEqualTo(less);
        assertThat(order.accepts(0)).isEqualTo(equal);
        assertThat(order.accepts(7)).isEqualTo(greater);
    }
}
