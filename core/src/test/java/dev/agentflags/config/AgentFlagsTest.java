package dev.agentflags.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.multiprovider.MultiProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentFlagsTest {

    /** A kind of provider that shows what it was made with. */
    private record Fake(String kind) implements ProviderFactory {

        @Override
        public Set<String> properties() {
            return Set.of("agentflags." + kind + ".path", "agentflags." + kind + ".poll-interval");
        }

        @Override
        public FeatureProvider create(String name, Settings settings) {
            String path = settings.get("agentflags." + kind + ".path", "default");
            Duration interval = settings.duration("agentflags." + kind + ".poll-interval", Duration.ofSeconds(1));
            return new Shown(name + " " + path + " " + interval + " " + settings.planAttribute());
        }
    }

    private static final class Shown extends NoOpProvider {

        private final String shown;

        Shown(String shown) {
            this.shown = shown;
        }

        @Override
        public Metadata getMetadata() {
            return () -> shown;
        }
    }

    private static final List<ProviderFactory> FILE = List.of(new Fake("file"));
    private static final List<ProviderFactory> BOTH = List.of(new Fake("remote"), new Fake("file"));

    private static Settings code(Map<String, String> properties) {
        return new Settings(properties, Map.of(), name -> null, Map.of());
    }

    private static String shown(List<ProviderFactory> factories, Settings settings) {
        return AgentFlags.of(factories, settings).getMetadata().getName();
    }

    @Test
    void takes_the_only_kind_there_is() {
        assertThat(shown(FILE, code(Map.of()))).isEqualTo("agentflags-file default PT1S plan");
    }

    @Test
    void takes_the_kind_that_is_named_and_its_properties() {
        assertThat(shown(
                        BOTH,
                        code(Map.of(
                                "agentflags.provider", "remote",
                                "agentflags.name", "mine",
                                "agentflags.plan-attribute", "tier",
                                "agentflags.remote.path", " p ",
                                "agentflags.remote.poll-interval", "250ms"))))
                .isEqualTo("mine p PT0.25S tier");
    }

    @Test
    void prefers_code_to_system_properties_to_the_environment_to_the_class_path() {
        Map<String, String> environment = Map.of("AGENTFLAGS_FILE_PATH", "environment");
        String path = "agentflags.file.path";

        assertThat(shown(
                        FILE,
                        new Settings(
                                Map.of(path, "code"),
                                Map.of(path, "system"),
                                environment::get,
                                Map.of(path, "class path"))))
                .contains(" code ");
        assertThat(shown(
                        FILE,
                        new Settings(Map.of(), Map.of(path, "system"), environment::get, Map.of(path, "class path"))))
                .contains(" system ");
        assertThat(shown(FILE, new Settings(Map.of(), Map.of(), environment::get, Map.of(path, "class path"))))
                .contains(" environment ");
        assertThat(shown(FILE, new Settings(Map.of(), Map.of(), name -> null, Map.of(path, "class path"))))
                .contains(" class path ");
    }

    @Test
    void writes_dashes_as_underscores_in_the_environment() {
        Map<String, String> environment = Map.of(
                "AGENTFLAGS_PLAN_ATTRIBUTE", "tier", "AGENTFLAGS_FILE_POLL_INTERVAL", "5m", "AGENTFLAGS_PORT", "1");

        assertThat(shown(FILE, new Settings(Map.of(), Map.of(), environment::get, Map.of())))
                .isEqualTo("agentflags-file default PT5M tier");
    }

    @Test
    void puts_several_kinds_side_by_side_each_with_its_own_name() {
        FeatureProvider provider = AgentFlags.of(BOTH, code(Map.of("agentflags.provider", "file, remote")));

        assertThat(provider).isInstanceOf(MultiProvider.class);
    }

    @Test
    void names_an_unknown_property() {
        assertThatThrownBy(() -> AgentFlags.of(FILE, code(Map.of("agentflags.file.pth", "x"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "agentflags.file.pth: unknown property, expected one of [agentflags.file.path,");
    }

    @Test
    void passes_over_properties_that_are_not_ours() {
        assertThat(shown(FILE, new Settings(Map.of(), Map.of("java.home", "x"), name -> null, Map.of())))
                .startsWith("agentflags-file");
    }

    @Test
    void names_an_unknown_kind() {
        assertThatThrownBy(() -> AgentFlags.of(BOTH, code(Map.of("agentflags.provider", "redis"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("agentflags.provider: expected one of [file, remote], found \"redis\"");
    }

    @Test
    void asks_which_of_several_kinds_is_meant() {
        assertThatThrownBy(() -> AgentFlags.of(BOTH, code(Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("agentflags.provider: expected one of [file, remote], found nothing");
    }

    @Test
    void says_when_there_is_no_kind_at_all() {
        assertThatThrownBy(() -> AgentFlags.of(List.of(), code(Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("add agentflags-provider-file");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "5m, PT5M", "1h, PT1H", "PT1M30S, PT1M30S"})
    void reads_durations(String written, Duration expected) {
        assertThat(code(Map.of("d", written)).duration("d", Duration.ZERO)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10", "-5s", "1d", "soon", "99999999999s"})
    void names_a_duration_that_is_none(String written) {
        assertThatThrownBy(() -> code(Map.of("d", written)).duration("d", Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("d: expected a duration such as 500ms, 10s, 5m or PT10S, found \"" + written + "\"");
    }
}
