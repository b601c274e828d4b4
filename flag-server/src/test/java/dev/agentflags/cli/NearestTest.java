package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "agent, agent, 0",
        "agnet, agent, 1",
        "agen, agent, 1",
        "aagent, agent, 1",
        "ogent, agent, 1",
        "'', agent, 5",
        "kitten, sitting, 3"
    })
    void counts_mistakes(String from, String to, int distance) {
        assertThat(Nearest.distance(from, to)).isEqualTo(distance);
    }

    @Test
    void passes_over_capitals_and_separators() {
        assertThat(Nearest.to("New-Prompt.x", List.of("old_prompt_y", "new_prompt_x")))
                .isEqualTo("new_prompt_x");
        assertThat(Nearest.to("x", List.of("new_prompt"))).isNull();
    }
}
