package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</ofrep/v1/sse>; rel=\"monitor\"; type=\"text/event-stream\"",
                "</ofrep/v1/sse>;rel=monitor;type=text/event-stream",
                "</ofrep/v1/sse> ; REL=\"next Monitor\"",
                "</a,b;c>; rel=next, </ofrep/v1/sse>; title=\"a, \\\"b\\\"; c\"; rel=monitor",
                "x, </ofrep/v1/sse>; rel=monitor, </other>; rel=monitor",
            })
    void names_the_stream(String header) {
        assertThat(LinkHeader.stream(List.of("<x>", header))).isEqualTo("/ofrep/v1/sse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<>",
                "</s>",
                "</s>; rel=next",
                "</s>; rel=monitor; type=text/html",
                "/s; rel=monitor",
                "</s; rel=monitor",
                "</s>; rel=\"monitor",
                "</s>; rel",
            })
    void names_none(String header) {
        assertThat(LinkHeader.stream(List.of(header))).isNull();
    }

    @Test
    void names_none_where_there_is_none() {
        assertThat(LinkHeader.stream(List.of())).isNull();
    }
}
