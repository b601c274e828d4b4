package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.FlagValue;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    @Test
    void writes_numbers_whole_where_it_can() {
        assertThat(JsonObject.number(25)).isEqualTo(new FlagValue.Whole(25));
        assertThat(JsonObject.number(0.5)).isEqualTo(new FlagValue.Decimal(0.5));
    }
}
