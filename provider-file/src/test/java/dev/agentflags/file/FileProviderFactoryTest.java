package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.config.AgentFlags;
import dev.agentflags.config.ConfigurationException;
import dev.agentflags.config.ProviderFactory;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileProviderFactoryTest {

    @TempDir
    Path directory;

    @Test
    void is_found_on_the_class_path() {
        assertThat(ServiceLoader.load(ProviderFactory.class)).singleElement().isInstanceOf(FileProviderFactory.class);
    }

    @Test
    void builds_the_only_provider_present_unless_told_otherwise() {
        assertThat(AgentFlags.provider(Map.of()).getMetadata().getName()).isEqualTo("agentflags-file");
    }

    @Test
    void builds_a_provider_of_the_file_that_is_named() throws IOException {
        Path file = Files.writeString(directory.resolve("flags.json"), "{\"tools\": {\"status\": \"on\"}}");
        FeatureProvider provider = AgentFlags.provider(Map.of(
                "agentflags.provider", "file",
                "agentflags.name", "mine",
                "agentflags.file.path", file.toString(),
                "agentflags.file.poll-interval", "50ms"));
        OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
        api.setProviderAndWait(provider);

        assertThat(provider.getMetadata().getName()).isEqualTo("mine");
        assertThat(api.getClient().getBooleanValue("tools", false)).isTrue();
        api.shutdown();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "agentflags.file.poll-interval, 1ms, 'pollInterval: expected PT0.01S or more, up to PT24H, found PT0.001S'",
        "agentflags.file.poll-interval, often, 'expected a duration such as 500ms, 10s, 5m or PT10S, found \"often\"'",
        "agentflags.file.paht, x, 'unknown property'",
    })
    void refuses_by_name_what_is_wrong(String property, String value, String why) {
        assertThatThrownBy(() -> AgentFlags.provider(Map.of(property, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(property + ": ")
                .hasMessageContaining(why);
    }

    @Test
    void refuses_a_path_that_is_none() {
        assertThatThrownBy(() -> AgentFlags.provider(Map.of("agentflags.file.path", "a\0b")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("agentflags.file.path: expected a path");
    }
}
