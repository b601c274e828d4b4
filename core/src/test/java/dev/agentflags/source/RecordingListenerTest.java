package dev.agentflags.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordingListenerTest {

    private final RecordingListener listener = new RecordingListener();

    @Test
    void refuses_the_word_and_what_is_cut_short() {
        assertThat(listener.deliver("{\"bad\": 1}".getBytes(UTF_8))).contains("refused");
        assertThat(listener.deliver("{\"good\"".getBytes(UTF_8))).contains("refused");
        assertThat(listener.accepted()).isEmpty();
    }

    /** One random lineage in two hundred has these three digits somewhere. */
    @Test
    void takes_a_lineage_that_has_the_word_in_its_digits() {
        String document = "{\"version\": 1, \"lineage\": \"5f0cbad0-9e11-4bad-8bad-badbadbadbad\", \"flags\": {}}";

        assertThat(listener.deliver(document.getBytes(UTF_8))).isNull();
        assertThat(listener.accepted()).containsExactly(document);
    }
}
