package dev.agentflags.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.config.AgentFlags;
import dev.agentflags.config.ConfigurationException;
import dev.agentflags.config.ProviderFactory;
import dev.agentflags.openfeature.Eventually;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteProviderFactoryTest {

    @TempDir
    Path directory;

    @Test
    void is_found_on_the_class_path() {
        assertThat(ServiceLoader.load(ProviderFactory.class)).singleElement().isInstanceOf(RemoteProviderFactory.class);
    }

    @Test
    void builds_a_provider_of_the_server_that_is_named() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "secret\n");
        OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
        try (var server = new FakeServer()) {
            server.serve(Rig.document(1, false)).start();
            FeatureProvider provider = AgentFlags.provider(Map.of(
                    "agentflags.provider",
                    "remote",
                    "agentflags.name",
                    "mine",
                    "agentflags.remote.url",
                    server.url(),
                    "agentflags.remote.token-file",
                    token.toString(),
                    "agentflags.remote.poll-interval",
                    "1s",
                    "agentflags.remote.cache-dir",
                    directory.resolve("cache").toString()));
            api.setProviderAndWait(provider);

            assertThat(provider.getMetadata().getName()).isEqualTo("mine");
            assertThat(api.getClient().getBooleanValue("agent", false)).isTrue();
            assertThat(server.fetches().get(0).getHeaders().get("Authorization"))
                    .isEqualTo("Bearer secret");
            Eventually.until(() -> Files.exists(directory.resolve("cache")));
        } finally {
            api.shutdown();
        }
    }

    @Test
    void allows_plain_http_where_it_is_told_to() {
        assertThat(AgentFlags.provider(Map.of(
                                "agentflags.remote.url", "http://flag-server:8080",
                                "agentflags.remote.allow-insecure-http", "true"))
                        .getMetadata()
                        .getName())
                .isEqualTo("agentflags-remote");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "agentflags.remote.url, , 'expected the URL of a flag server or of a document, found nothing'",
        "agentflags.remote.url, ftp://flags.example.com, 'https:// or http://'",
        "agentflags.remote.url, http://flags.example.com, allowInsecureHttp(true)",
        "agentflags.remote.token, 'two words', 'visible ASCII'",
        "agentflags.remote.poll-interval, 1ms, 'pollInterval: expected PT1S or more'",
        "agentflags.remote.poll-interval, often, 'expected a duration'",
        "agentflags.remote.allow-insecure-http, yes, 'expected true or false, found \"yes\"'",
        "agentflags.remote.toekn, x, 'unknown property'",
    })
    void refuses_by_name_what_is_wrong(String property, String value, String why) {
        Map<String, String> properties = new HashMap<>(Map.of("agentflags.remote.url", "https://flags.example.com"));
        properties.put(property, value == null ? "" : value);

        assertThatThrownBy(() -> AgentFlags.provider(properties))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(property + ": ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("two words");
    }

    @Test
    void refuses_two_tokens() {
        assertThatThrownBy(() -> AgentFlags.provider(Map.of(
                        "agentflags.remote.url", "https://flags.example.com",
                        "agentflags.remote.token", "secret",
                        "agentflags.remote.token-file", "token")))
                .hasMessage("agentflags.remote.token, agentflags.remote.token-file: expected one of them, found both");
    }

    @Test
    void refuses_a_path_that_is_none() {
        assertThatThrownBy(() -> AgentFlags.provider(Map.of(
                        "agentflags.remote.url", "https://flags.example.com", "agentflags.remote.cache-dir", "a\0b")))
                .hasMessageStartingWith("agentflags.remote.cache-dir: expected a path");
    }
}
