package dev.agentflags.server.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublisherTest {

    private final List<Published> told = new ArrayList<>();
    private final Publisher publisher = new Publisher(Clock.systemUTC(), told::add);

    private Offer offer(String json) {
        return publisher.offer(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static String document(int serial, String flags) {
        return "{'version': 1, 'lineage': 'l', 'serial': %d, %s}".formatted(serial, flags);
    }

    @Test
    void has_nothing_at_first() {
        assertThatThrownBy(publisher::current).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tells_of_a_document_once() {
        offer(document(1, "'flags': {'a': {'status': 'on'}}"));
        offer(document(1, "'flags': {'a': {'status': 'on'}}"));
        offer("\uFEFF" + document(1, "'flags': {'a': {'status': 'on'}}"));

        assertThat(told).hasSize(1).containsExactly(publisher.current());
        assertThat(publisher.current().serial()).isEqualTo(1);
    }

    @Test
    void serves_a_document_without_its_byte_order_mark() {
        offer("\uFEFF" + document(1, "'flags': {'a': {'status': 'on'}}"));

        assertThat(publisher.current().text()).startsWith("{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'flags': {'a': {'status': 'on', 'kill_switch': true}} | true",
                "'flags': {'a': {'status': 'on'}}, 'kill_switch': true | true",
                "'flags': {'a': {'status': 'on'}, 'new': {'status': 'on', 'kill_switch': true}} | true",
                "'flags': {'a': {'status': 'on'}, 'k': {'status': 'on', 'kill_switch': true}} | false",
                "'flags': {'a': {'status': 'off'}} | false"
            })
    void is_urgent_where_something_is_killed_that_was_not(String flags, boolean urgent) {
        offer(document(1, "'flags': {'a': {'status': 'on'}, 'k': {'status': 'on', 'kill_switch': true}}"));
        offer(document(2, flags));

        assertThat(publisher.current().isUrgent()).isEqualTo(urgent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | not JSON",
                "{} | expected a map of flags",
                "{'version': 1, 'lineage': 'l', 'serial': 4, 'flags': {'a': {'status': 'on'}}} | older than serial 5",
                "{'version': 1, 'flags': {}} | no flags any more",
                "{'version': 1, 'lineage': 'l', 'serial': 5, 'flags': {}} | no flags any more",
                "{'version': 1, 'lineage': 'm', 'serial': 6, 'flags': {}} | no flags any more"
            })
    void keeps_what_it_has_where_it_refuses(String json, String why) {
        offer(document(5, "'flags': {'a': {'status': 'on'}}"));
        Published before = publisher.current();
        Offer offer = offer(json);

        assertThat(offer.published()).isNull();
        assertThat(offer.refusal()).contains(why);
        assertThat(publisher.current()).isSameAs(before);
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'version': 1, 'lineage': 'l', 'serial': 5, 'flags': {'b': {'status': 'on'}}}",
                "{'version': 1, 'lineage': 'l', 'serial': 6, 'flags': {}}",
                "{'version': 1, 'lineage': 'm', 'serial': 1, 'flags': {'b': {'status': 'on'}}}",
                "{'b': {'status': 'on'}}"
            })
    void takes_what_people_may_do(String json) {
        offer(document(5, "'flags': {'a': {'status': 'on'}}"));

        assertThat(offer(json).refusal()).isNull();
        assertThat(told).hasSize(2);
    }

    @Test
    void begins_without_flags() {
        assertThat(offer(document(1, "'flags': {}")).refusal()).isNull();
    }
}
