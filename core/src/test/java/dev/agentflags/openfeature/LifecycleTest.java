package dev.agentflags.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.exceptions.GeneralError;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's states and events, as the SDK's clients see them. */
@Timeout(60)
class LifecycleTest {

    private static final String ON = "{'f': {'status': 'on'}, 'g': {'status': 'on'}}";
    private static final String OFF = "{'f': {'status': 'off'}, 'g': {'status': 'on'}}";

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final FakeSource source = new FakeSource();
    private final Client client = api.getClient();

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private AgentFlagsProvider provider() {
        return AgentFlagsProvider.builder("test", source).build();
    }

    private void until(ProviderState state) {
        Eventually.until(() -> client.getProviderState() == state);
    }

    @Nested
    class Start {

        @Test
        void ends_well_with_the_first_document() {
            source.deliver(ON);
            api.setProviderAndWait(provider());

            assertThat(client.getProviderState()).isEqualTo(ProviderState.READY);
            assertThat(client.getBooleanValue("f", false)).isTrue();
        }

        @Test
        void fails_at_once_when_the_source_does_and_says_why() {
            source.fail("flags.json: no such file");

            assertThatThrownBy(() -> api.setProviderAndWait(provider()))
                    .isInstanceOf(GeneralError.class)
                    .hasMessageContaining("flags.json: no such file");
            assertThat(client.getProviderState()).isEqualTo(ProviderState.ERROR);
        }

        @Test
        void fails_with_a_document_that_is_refused() {
            source.deliver("{'f': ");

            assertThatThrownBy(() -> api.setProviderAndWait(provider())).hasMessageContaining("not JSON");
        }

        @Test
        void fails_when_nothing_comes_in_time_and_never_for_good() {
            var provider = AgentFlagsProvider.builder("test", source)
                    .initTimeout(Duration.ofMillis(20))
                    .build();

            assertThatThrownBy(() -> api.setProviderAndWait(provider))
                    .hasMessageContaining("20 ms")
                    .isInstanceOfSatisfying(
                            OpenFeatureError.class,
                            error -> assertThat(error.getErrorCode()).isEqualTo(ErrorCode.GENERAL));
        }

        @Test
        void that_failed_is_made_good_by_a_document() {
            source.fail("not yet");
            assertThatThrownBy(() -> api.setProviderAndWait(provider())).hasMessageContaining("not yet");
            assertThat(client.getBooleanDetails("f", true).getErrorCode()).isEqualTo(ErrorCode.PROVIDER_NOT_READY);

            source.deliver(ON);

            until(ProviderState.READY);
            assertThat(client.getBooleanDetails("f", false).getReason()).isEqualTo("STATIC");
        }

        @Test
        void that_failed_is_not_made_worse_by_setting_the_same_provider_again() {
            var provider = provider();
            source.fail("not yet");
            assertThatThrownBy(() -> api.setProviderAndWait(provider)).hasMessageContaining("not yet");
            api.setProviderAndWait(provider);
            assertThat(client.getProviderState()).isEqualTo(ProviderState.ERROR);

            source.deliver(ON);

            until(ProviderState.READY);
            assertThat(source.starts).isEqualTo(1);
        }

        @Test
        void may_be_empty_and_is_then_stale_until_a_document_comes() {
            api.setProviderAndWait(AgentFlagsProvider.builder("test", source)
                    .startEmpty(true)
                    .initTimeout(Duration.ofMillis(1))
                    .build());
            until(ProviderState.STALE);
            assertThat(client.getBooleanDetails("f", true).getErrorCode()).isEqualTo(ErrorCode.PROVIDER_NOT_READY);

            source.deliver(ON);

            until(ProviderState.READY);
            assertThat(client.getBooleanValue("f", false)).isTrue();
        }

        @ParameterizedTest(name = "waiting for it: {0}")
        @ValueSource(booleans = {true, false})
        void on_an_old_document_is_stale_every_time(boolean waiting) {
            for (int i = 0; i < 10; i++) {
                var old = new FakeSource().deliver(ON).fail("server is down");
                var provider = AgentFlagsProvider.builder("test", old).build();
                if (waiting) {
                    api.setProviderAndWait(provider);
                } else {
                    api.setProvider(provider);
                }
                until(ProviderState.STALE);
                assertThat(client.getBooleanValue("f", false)).isTrue();
            }
        }

        @Test
        void happens_once_for_any_number_of_domains() {
            source.deliver(ON);
            var provider = provider();
            api.setProviderAndWait("a", provider);
            api.setProviderAndWait("b", provider);

            assertThat(source.starts).isEqualTo(1);
            assertThat(api.getClient("a").getBooleanValue("f", false)).isTrue();
            assertThat(api.getClient("b").getBooleanValue("f", false)).isTrue();
        }

        @Test
        void is_given_up_when_the_provider_is_shut_down_meanwhile() throws InterruptedException {
            var provider = AgentFlagsProvider.builder("test", source)
                    .initTimeout(Duration.ofMinutes(1))
                    .build();
            var outcome = new CopyOnWriteArrayList<String>();
            var starting = new Thread(() -> {
                try {
                    provider.initialize(new ImmutableContext());
                } catch (GeneralError e) {
                    outcome.add(e.getMessage());
                }
            });
            starting.start();
            Eventually.until(() -> source.starts == 1);
            provider.shutdown();
            starting.join();

            assertThat(outcome).containsExactly("test was shut down while it was starting");
        }

        @Test
        void is_refused_after_a_shutdown() {
            var provider = provider();
            provider.shutdown();

            assertThatThrownBy(() -> provider.initialize(new ImmutableContext()))
                    .isInstanceOf(GeneralError.class)
                    .hasMessageContaining("build a new provider");
        }
    }

    @Nested
    class Events {

        private final List<EventDetails> changes = new CopyOnWriteArrayList<>();
        private final AtomicInteger readies = new AtomicInteger();
        private final AtomicInteger stales = new AtomicInteger();

        private void started() {
            api.onProviderConfigurationChanged(changes::add);
            api.onProviderReady(details -> readies.incrementAndGet());
            api.onProviderStale(details -> stales.incrementAndGet());
            source.deliver(ON);
            api.setProviderAndWait(provider());
            Eventually.until(() -> readies.get() == 1);
        }

        @Test
        void of_a_start_are_one_ready_and_no_change() {
            started();
            source.deliver(OFF);
            Eventually.until(() -> changes.size() == 1);

            assertThat(readies).hasValue(1);
            assertThat(stales).hasValue(0);
        }

        @Test
        void name_exactly_the_keys_that_were_added_removed_or_changed() {
            started();
            source.deliver(OFF);
            Eventually.until(() -> changes.size() == 1);
            source.deliver("{'h': {'status': 'on'}, 'g': {'status': 'on'}}");
            Eventually.until(() -> changes.size() == 2);
            source.deliver("{'version': 1, 'kill_switch': true, 'serial': 8, 'flags':"
                    + " {'h': {'status': 'on'}, 'g': {'status': 'on'}}}");
            Eventually.until(() -> changes.size() == 3);

            assertThat(changes.get(0).getFlagsChanged()).containsExactly("f");
            assertThat(changes.get(1).getFlagsChanged()).containsExactly("f", "h");
            assertThat(changes.get(2).getFlagsChanged()).containsExactly("g", "h");
            assertThat(changes.get(2).getEventMetadata().getLong("serial")).isEqualTo(8);
            assertThat(changes.stream().map(change -> change.getEventMetadata().getLong("revision")))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }

        @Test
        void are_not_made_where_nothing_has_changed() {
            started();
            source.deliver(ON.replace("{'f'", "{  'f'"));
            source.deliver(OFF);
            Eventually.until(() ->
                    changes.stream().anyMatch(change -> change.getFlagsChanged().contains("f")));

            assertThat(changes).hasSize(1);
        }

        @Test
        void leave_the_last_state_in_force_500_times_of_500() {
            started();
            for (int i = 1; i <= 500; i++) {
                int round = i;
                source.fail("gone");
                source.confirm();
                Eventually.until(() -> readies.get() == round + 1 && stales.get() == round);
                assertThat(client.getProviderState()).isEqualTo(ProviderState.READY);
            }
        }

        @Test
        void say_why_the_flags_are_stale_once() {
            List<EventDetails> details = new CopyOnWriteArrayList<>();
            started();
            client.onProviderStale(details::add);
            source.fail("flags.json: empty");
            source.fail("flags.json: empty");
            source.deliver("nonsense");
            until(ProviderState.STALE);
            source.confirm();
            Eventually.until(() -> readies.get() == 2 && !details.isEmpty());

            assertThat(details).hasSize(1);
            assertThat(details.get(0).getMessage()).isEqualTo("flags.json: empty");
        }

        @Test
        void stop_with_the_shutdown() {
            started();
            api.shutdown();
            source.deliver(OFF);
            source.fail("gone");
            source.confirm();

            assertThat(changes).isEmpty();
            assertThat(stales).hasValue(0);
        }

        @Test
        void wait_for_a_stranger_who_holds_the_sdks_lock_without_holding_up_evaluations() throws Exception {
            started();
            var release = new CountDownLatch(1);
            var slow = AgentFlagsProvider.builder(
                            "slow",
                            new FakeSource() {
                                // never delivers
                            })
                    .initTimeout(Duration.ofSeconds(1))
                    .build();
            var stranger = new Thread(() -> {
                try {
                    api.setProviderAndWait("slow", slow);
                } catch (GeneralError e) {
                    release.countDown();
                }
            });
            stranger.start();
            source.deliver(OFF);

            assertThat(client.getBooleanValue("f", true)).isFalse();
            release.await();
            Eventually.until(() -> changes.size() == 1);
            stranger.join();
        }
    }

    @Nested
    class Answers {

        @Test
        void come_from_the_last_good_ruleset_in_every_state() {
            source.deliver(ON.replace("'g'", "'k': {'status': 'on', 'kill_switch': true}, 'g'"));
            var provider = provider();
            api.setProviderAndWait(provider);

            source.deliver("{'f': {'status': 'on'},, }");
            until(ProviderState.STALE);
            assertThat(client.getBooleanValue("f", false)).isTrue();
            assertThat(client.getBooleanDetails("k", true).getReason()).isEqualTo("KILLED");

            provider.shutdown();
            assertThat(provider.getBooleanEvaluation("k", true, null).getReason())
                    .isEqualTo("KILLED");
        }
    }

    @Nested
    class Lapse {

        @Test
        void kills_every_flag_until_the_document_is_confirmed() {
            List<EventDetails> changes = new CopyOnWriteArrayList<>();
            client.onProviderConfigurationChanged(changes::add);
            source.deliver(ON);
            api.setProviderAndWait(provider());
            source.lapse("nobody confirms it");
            until(ProviderState.STALE);
            var details = client.getBooleanDetails("f", true);
            assertThat(details.getReason()).isEqualTo("KILLED");
            assertThat(details.getFlagMetadata().getString("kill_reason")).isEqualTo("nobody confirms it");
            source.confirm();
            until(ProviderState.READY);

            assertThat(client.getBooleanValue("f", false)).isTrue();
            Eventually.until(() -> changes.size() == 2);
            assertThat(changes).allMatch(change -> change.getFlagsChanged().equals(List.of("f", "g")));
        }

        @Test
        void ends_with_another_document() {
            source.deliver(ON);
            api.setProviderAndWait(provider());
            source.lapse("nobody confirms it");
            source.deliver(OFF);
            until(ProviderState.READY);

            assertThat(client.getBooleanDetails("g", false).getReason()).isEqualTo("STATIC");
        }

        @Test
        void without_a_document_is_over_with_the_first() {
            source.fail("nothing comes");
            assertThatThrownBy(() -> api.setProviderAndWait(provider())).hasMessageContaining("nothing comes");
            source.lapse("nothing came");
            source.deliver(ON);
            until(ProviderState.READY);

            assertThat(client.getBooleanValue("f", false)).isTrue();
        }
    }

    @Nested
    class Shutdown {

        @Test
        void closes_the_source_and_leaves_no_thread() {
            source.deliver(ON);
            var provider = AgentFlagsProvider.builder("closing", source).build();
            api.setProviderAndWait(provider);
            Eventually.until(() -> threads("closing") == 1);
            long start = System.nanoTime();
            provider.shutdown();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(source.closes).isEqualTo(1);
            Eventually.until(() -> threads("closing") == 0);
        }

        private static long threads(String prefix) {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith(prefix))
                    .count();
        }

        @Test
        void comes_when_another_provider_takes_its_place_and_is_for_good() {
            source.deliver(ON);
            var replaced = provider();
            api.setProviderAndWait(replaced);
            api.setProviderAndWait(AgentFlagsProvider.builder("next", new FakeSource().deliver(OFF))
                    .build());

            Eventually.until(() -> source.closes == 1);
            assertThat(client.getBooleanValue("f", true)).isFalse();
            assertThatThrownBy(() -> api.setProviderAndWait(replaced)).hasMessageContaining("build a new provider");
        }

        @Test
        void twice_is_harmless() {
            source.deliver(ON);
            var provider = provider();
            api.setProviderAndWait(provider);

            provider.shutdown();
            provider.shutdown();
            assertThat(provider.getBooleanEvaluation("f", false, null).getValue())
                    .isTrue();
        }
    }

    @Nested
    class Tracking {

        @Test
        void passes_events_on_and_keeps_failures_to_itself() {
            List<String> heard = new CopyOnWriteArrayList<>();
            source.deliver(ON);
            api.setProviderAndWait(AgentFlagsProvider.builder("test", source)
                    .onTrack((name, context, details) -> {
                        throw new IllegalStateException("mine");
                    })
                    .onTrack((name, context, details) -> heard.add(name + " " + context.getTargetingKey() + " "
                            + (details == null ? null : details.getValue().orElseThrow())))
                    .build());

            client.track("agent.run", new ImmutableContext("alice"), new MutableTrackingEventDetails(1.5));

            assertThat(heard).containsExactly("agent.run alice 1.5");
        }
    }
}
