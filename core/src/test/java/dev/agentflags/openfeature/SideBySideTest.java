package dev.agentflags.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.multiprovider.MultiProvider;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our provider beside others, ours and strangers, in the SDK's MultiProvider. */
class SideBySideTest {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client = api.getClient();

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private static AgentFlagsProvider ours(String name, String flags) {
        return AgentFlagsProvider.builder(name, new FakeSource().deliver(flags)).build();
    }

    private static InMemoryProvider stranger() {
        return new InMemoryProvider(Map.of(
                "f",
                Flag.builder()
                        .variant("on", true)
                        .variant("off", false)
                        .defaultVariant("on")
                        .build(),
                "theirs",
                Flag.builder()
                        .variant("on", true)
                        .variant("off", false)
                        .defaultVariant("on")
                        .build()));
    }

    @Test
    void a_flag_that_is_killed_here_is_not_revived_by_the_next_provider() {
        api.setProviderAndWait(
                new MultiProvider(List.of(ours("ours", "{'f': {'status': 'on', 'kill_switch': true}}"), stranger())));

        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("f", true, new ImmutableContext("alice"));
        assertThat(details.getValue()).isFalse();
        assertThat(details.getReason()).isEqualTo("KILLED");
    }

    @Test
    void a_killed_flag_without_an_off_variant_is_not_revived_either() {
        api.setProviderAndWait(new MultiProvider(List.of(
                ours("ours", "{'f': {'status': 'on', 'off_variant': null, 'kill_switch': true}}"), stranger())));

        assertThat(client.getBooleanDetails("f", false, new ImmutableContext("alice"))
                        .getValue())
                .isFalse();
    }

    @Test
    void a_flag_that_is_unknown_here_is_answered_by_the_next_provider() {
        api.setProviderAndWait(new MultiProvider(List.of(ours("ours", "{'f': {'status': 'on'}}"), stranger())));

        assertThat(client.getBooleanValue("theirs", false, new ImmutableContext("alice")))
                .isTrue();
    }

    @Test
    void two_of_ours_are_told_apart_by_their_names() {
        api.setProviderAndWait(new MultiProvider(
                List.of(ours("first", "{'f': {'status': 'on'}}"), ours("second", "{'g': {'status': 'on'}}"))));

        assertThat(client.getBooleanValue("f", false)).isTrue();
        assertThat(client.getBooleanValue("g", false)).isTrue();
    }

    @Test
    void one_that_may_start_empty_does_not_bring_the_others_down() {
        var empty = AgentFlagsProvider.builder("empty", new FakeSource().fail("not there"))
                .startEmpty(true)
                .initTimeout(Duration.ofMillis(1))
                .build();
        api.setProviderAndWait(new MultiProvider(List.of(stranger(), empty)));

        assertThat(client.getBooleanValue("theirs", false, new ImmutableContext("alice")))
                .isTrue();
    }
}
