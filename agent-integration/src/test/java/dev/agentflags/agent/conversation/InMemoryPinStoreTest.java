package dev.agentflags.agent.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.openfeature.sdk.Value;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InMemoryPinStoreTest {

    private static final Map<String, Pin> PINS = Map.of("f", new Pin("on", new Value(true), false, "SPLIT", null));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final PinStore store = new InMemoryPinStore(2, Duration.ofHours(2), nanos::get);

    private static Conversation conversation(String id) {
        return new Conversation("support", null, "alice", id);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void remembers_a_conversation() {
        store.save(conversation("1"), PINS);
        assertThat(store.load(conversation("1"))).isEqualTo(PINS);
        assertThat(store.load(new Conversation("support", null, "bob", "1"))).isEmpty();
        assertThat(store.load(new Conversation("billing", null, "alice", "1"))).isEmpty();
    }

    @Test
    void forgets_a_conversation_that_has_been_idle_for_too_long() {
        store.save(conversation("1"), PINS);
        pass(Duration.ofHours(2).minusNanos(1));
        assertThat(store.load(conversation("1"))).isEqualTo(PINS);
        pass(Duration.ofHours(2).minusNanos(1));
        assertThat(store.load(conversation("1"))).isEqualTo(PINS);
        pass(Duration.ofHours(2));
        assertThat(store.load(conversation("1"))).isEmpty();
    }

    @Test
    void forgets_the_conversation_unused_for_longest_where_there_are_too_many() {
        store.save(conversation("1"), PINS);
        store.save(conversation("2"), PINS);
        store.load(conversation("1"));
        store.save(conversation("3"), PINS);
        assertThat(store.load(conversation("1"))).isNotEmpty();
        assertThat(store.load(conversation("2"))).isEmpty();
        assertThat(store.load(conversation("3"))).isNotEmpty();
    }

    @Test
    void forgets_a_conversation_without_pins() {
        store.save(conversation("1"), PINS);
        store.save(conversation("1"), Map.of());
        assertThat(store.load(conversation("1"))).isEmpty();
    }

    @Test
    void refuses_to_be_without_bounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> PinStore.inMemory(0, Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> PinStore.inMemory(1, Duration.ZERO));
    }

    @Test
    void is_described_without_ids_and_values() {
        assertThat(conversation("1")).hasToString("Conversation[agent=support]");
        assertThat(new Pin("on", new Value("secret prompt"), false, "SPLIT", "7"))
                .hasToString("Pin[variant=on, off=false, reason=SPLIT, version=7]");
    }

    @Test
    void may_be_left_out() {
        PinStore.none().save(conversation("1"), PINS);
        assertThat(PinStore.none().load(conversation("1"))).isEmpty();
    }
}
