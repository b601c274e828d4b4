package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String NOW = "Mon, 23 Nov 2026 01:00:00 GMT";

    @Test
    void is_a_number_of_seconds() {
        assertThat(RetryAfter.read(" 120 ", null)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void is_a_date_by_the_servers_own_clock() {
        assertThat(RetryAfter.read("Mon, 23 Nov 2026 01:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void is_very_long_where_it_is_a_great_number() {
        assertThat(RetryAfter.read("99999999999999999999999", NOW)).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void that_is_a_date_says_nothing_where_the_server_does_not_say_what_time_it_is() {
        assertThat(RetryAfter.read("Mon, 23 Nov 2026 01:00:30 GMT", null)).isNull();
        assertThat(RetryAfter.read("Mon, 23 Nov 2026 01:00:30 GMT", "today")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "1.5", "0x10", "Sun, 22 Nov 2026 01:00:00 GMT", "Mon, 99 Nov 2026 01:00:00 GMT"
            })
    void says_nothing_where_it_makes_no_sense(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({","})
    void says_nothing_where_there_is_none(@Nullable String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }
}
