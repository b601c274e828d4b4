package dev.agentflags.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersistenceTest {

    @Test
    void is_read_from_what_redis_says() {
        String info = "# Replication\r\nrole:master\r\naof_enabled:1\r\nmaxmemory_policy:allkeys-lru\r\n";

        assertThat(Persistence.read(info)).isEqualTo(new Persistence("master", true, "allkeys-lru"));
        assertThat(Persistence.read(info).mayEvict()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'role:master\naof_enabled:1', true",
        "'role:master\naof_enabled:0', false",
        "'', false",
        "'role:slave\naof_enabled:1', false",
    })
    void is_good_enough_only_where_redis_says_that_it_appends(String info, boolean good) {
        assertThat(Persistence.read(info).refusal(false) == null).isEqualTo(good);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"'role:master\naof_enabled:0', true", "'', true", "'role:slave\naof_enabled:1', false"})
    void may_be_less_where_that_is_allowed_but_never_a_replica(String info, boolean good) {
        assertThat(Persistence.read(info).refusal(true) == null).isEqualTo(good);
    }
}
