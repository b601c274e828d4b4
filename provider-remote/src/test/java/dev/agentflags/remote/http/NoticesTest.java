package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.remote.follow.Notice;
import dev.agentflags.remote.follow.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticesTest {

    private final List<Object> heard = new ArrayList<>();

    private final Notices notices = new Notices(new Origin.Hearing() {
        @Override
        public void opened() {
            heard.add("opened");
        }

        @Override
        public void alive() {
            heard.add("alive");
        }

        @Override
        public void announced(Notice notice) {
            heard.add(notice);
        }

        @Override
        public void retry(Duration delay) {
            heard.add(delay);
        }
    });

    @Test
    void tell_of_a_document() {
        notices.event(
                "message",
                "{\"type\":\"refetchEvaluation\",\"etag\":\"\\\"42-1f0c9a52\\\"\",\"lastModified\":1764000000,"
                        + "\"serial\":42,\"lineage\":\"5f0c\",\"maxDelayMs\":1000,\"later\":[1]}");

        assertThat(heard).containsExactly(new Notice(42L, "5f0c", "\"42-1f0c9a52\"", Duration.ofSeconds(1)));
    }

    @Test
    void tell_of_a_document_of_which_nothing_is_said() {
        notices.event("message", "{\"type\":\"refetchEvaluation\",\"serial\":\"x\",\"etag\":1,\"maxDelayMs\":-1}");

        assertThat(heard).containsExactly(new Notice(null, null, null, Duration.ZERO));
    }

    @Test
    void do_not_let_a_server_delay_a_change_for_long() {
        notices.event("message", "{\"type\":\"refetchEvaluation\",\"maxDelayMs\":9000000000000}");

        assertThat(heard).containsExactly(new Notice(null, null, null, Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "7", "[]", "{\"type\":", "null"})
    void that_cannot_be_read_may_be_anything(String data) {
        notices.event("message", data);

        assertThat(heard).containsExactly(Notice.UNSPECIFIED);
    }

    @Test
    void of_something_else_only_show_that_the_server_is_alive() {
        notices.event("message", "{\"type\":\"other\"}");
        notices.event("message", "{}");
        notices.event("ping", "{\"type\":\"refetchEvaluation\"}");
        notices.comment();

        assertThat(heard).containsExactly("alive", "alive", "alive", "alive");
    }
}
