package dev.agentflags.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.Value;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags of a server, as OpenFeature's clients see them. */
@Timeout(60)
class RemoteFlagsTest {

    private final FakeServer server = new FakeServer();
    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client = api.getClient();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        api.shutdown();
        server.close();
    }

    @Nested
    class Provider {

        @Test
        void answers_from_the_server_and_tells_of_changes() throws IOException {
            List<EventDetails> changes = new CopyOnWriteArrayList<>();
            client.onProviderConfigurationChanged(changes::add);
            server.stream(null).serve(Rig.document(1, false)).start();
            api.setProviderAndWait(RemoteFlags.provider(server.url()));
            assertThat(client.getProviderState()).isEqualTo(ProviderState.READY);
            assertThat(client.getBooleanValue("agent", false)).isTrue();
            server.awaitStreams(1);
            server.serve(Rig.document(2, true));
            server.say(FakeServer.event(2));

            Eventually.until(() -> !changes.isEmpty());
            assertThat(changes.get(0).getFlagsChanged()).containsExactly("agent");
            assertThat(client.getBooleanDetails("agent", true).getReason()).isEqualTo("KILLED");
        }

        @Test
        void answers_from_a_document_that_any_server_has() throws IOException {
            server.serve("{\"agent\": {\"status\": \"on\"}}").start();
            api.setProviderAndWait(RemoteFlags.provider(server.url() + "conf/flags.json"));

            assertThat(client.getBooleanValue("agent", false)).isTrue();
            assertThat(server.fetches().get(0).getTarget()).isEqualTo("/conf/flags.json");
        }

        @Test
        void is_named_after_its_document_without_secrets() {
            assertThat(RemoteFlags.provider("https://flags.example.com/f.json?signature=secret")
                            .getMetadata()
                            .getName())
                    .isEqualTo("agentflags-remote:https://flags.example.com/f.json");
        }

        @Test
        void takes_its_options() throws IOException {
            List<String> tracked = new ArrayList<>();
            server.serve("{\"agent\": {\"status\": \"targeted\", \"targeted_plans\": [\"pro\"]}}")
                    .start();
            AgentFlagsProvider provider = RemoteFlags.builder(server.url())
                    .token("secret")
                    .push(false)
                    .pollInterval(Duration.ofSeconds(1))
                    .staleAfter(Duration.ofMinutes(2))
                    .onStale(OnStale.KILL)
                    .maxStale(Duration.ofMinutes(5))
                    .cacheDirectory(directory)
                    .name("mine")
                    .planAttribute("tier")
                    .initTimeout(Duration.ofSeconds(2))
                    .startEmpty(true)
                    .onTrack((event, context, details) -> tracked.add(event))
                    .build();
            api.setProviderAndWait(provider);
            client.track("answered");

            assertThat(provider.getMetadata().getName()).isEqualTo("mine");
            assertThat(tracked).containsExactly("answered");
            assertThat(client.getBooleanValue("agent", false, new ImmutableContext(Map.of("tier", new Value("pro")))))
                    .isTrue();
            assertThat(server.fetches().get(0).getHeaders().get("Authorization"))
                    .isEqualTo("Bearer secret");
            Eventually.until(() -> directory.toFile().list().length == 1);
        }

        @Test
        void leaves_no_thread_behind() throws IOException {
            server.stream(null).serve(Rig.document(1, false)).start();
            AgentFlagsProvider provider =
                    RemoteFlags.builder(server.url()).name("passing").build();
            api.setProviderAndWait(provider);
            server.awaitStreams(1);
            assertThat(threads())
                    .containsExactlyInAnyOrder("passing-remote", "passing-remote-stream", "passing-events");
            provider.shutdown();
            provider.shutdown();

            Eventually.until(() -> threads().isEmpty());
        }

        private List<String> threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("passing-"))
                    .toList();
        }
    }

    @Nested
    class Options {

        private final RemoteBuilder builder = RemoteFlags.builder("https://flags.example.com");

        @Test
        void are_refused_that_make_no_sense() {
            assertThatThrownBy(() -> builder.name(" ")).hasMessageStartingWith("name: ");
            assertThatThrownBy(() -> builder.token("")).hasMessageStartingWith("token: ");
            assertThatThrownBy(() -> builder.pollInterval(Duration.ofMillis(999)))
                    .hasMessage("pollInterval: expected PT1S or more, up to PT24H, found PT0.999S");
            assertThatThrownBy(() -> builder.staleAfter(Duration.ofMillis(37_500)))
                    .hasMessageStartingWith("staleAfter: expected PT37.501S or more");
            assertThatThrownBy(() -> builder.maxStale(Duration.ZERO)).hasMessageStartingWith("maxStale: ");
        }

        @Test
        void are_refused_that_contradict_each_other() {
            builder.pollInterval(Duration.ofMinutes(1));
            assertThatCode(builder::build).doesNotThrowAnyException();
            assertThatThrownBy(builder.staleAfter(Duration.ofMinutes(1))::build)
                    .hasMessage("staleAfter: expected twice the pollInterval (PT1M) or more, found PT1M");
            builder.staleAfter(Duration.ofMinutes(2));
            assertThatThrownBy(builder.onStale(OnStale.KILL)::build)
                    .hasMessage("onStale, maxStale: expected KILL and a duration, or neither, found KILL and null");
            assertThatThrownBy(builder.maxStale(Duration.ofMinutes(1))::build)
                    .hasMessage("maxStale: expected staleAfter (PT2M) or more, found PT1M");
            assertThatThrownBy(builder.maxStale(Duration.ofMinutes(3)).onStale(OnStale.KEEP)::build)
                    .hasMessageContaining("found KEEP and PT3M");
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "http://flags.example.com, allowInsecureHttp(true)",
            "http://10.0.0.1:8080, allowInsecureHttp(true)",
            "https://alice:secret@flags.example.com, 'expected one without a user or a password in it; use a token'",
            "file:///etc/passwd, 'https:// or http://'",
            "flags.json, 'https:// or http://'",
        })
        void are_refused_with_a_url_that_is_not_safe(String url, String why) {
            assertThatThrownBy(() -> RemoteFlags.provider(url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("url: ")
                    .hasMessageContaining(why)
                    .hasMessageNotContaining("secret");
        }

        @Test
        void allow_what_is_not_safe_where_they_say_so() {
            assertThatCode(() -> RemoteFlags.builder("http://flags.example.com")
                            .allowInsecureHttp(true)
                            .build())
                    .doesNotThrowAnyException();
            assertThatCode(() -> RemoteFlags.provider("http://127.0.0.1:8080")).doesNotThrowAnyException();
        }

        @Test
        void refuse_private_addresses_where_they_say_so() {
            assertThatThrownBy(() -> RemoteFlags.builder("https://169.254.169.254/latest")
                            .refusePrivateAddresses(true)
                            .build())
                    .hasMessageContaining("public address");
        }

        @Test
        void refuse_certificates_that_are_not_there() {
            assertThatThrownBy(builder.certificateAuthority(directory.resolve("none.pem"))::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("certificateAuthority: ");
        }

        @Test
        void include_a_proxy_a_token_file_and_redirections() {
            assertThatCode(() -> builder.proxy(InetSocketAddress.createUnresolved("proxy", 3128))
                            .tokenFile(directory.resolve("token"))
                            .token(() -> "secret")
                            .followSameOriginRedirects(true)
                            .build())
                    .doesNotThrowAnyException();
        }
    }
}
