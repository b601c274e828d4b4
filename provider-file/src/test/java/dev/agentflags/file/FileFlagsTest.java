package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flags of a real file, as OpenFeature's clients see them. */
@Timeout(60)
class FileFlagsTest {

    private static final String DOCUMENT = """
            {
              "prompt": {"status": "targeted", "targeted_plans": ["enterprise"]},
              "tools": {"status": "on"}
            }
            """;

    @TempDir
    Path directory;

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client = api.getClient();
    private Path file;

    @BeforeEach
    void writeADocument() throws IOException {
        file = Files.writeString(directory.resolve("flags.json"), DOCUMENT);
    }

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private void until(ProviderState state) {
        Eventually.until(() -> client.getProviderState() == state);
    }

    @Nested
    class Provider {

        @Test
        void answers_from_the_file() {
            api.setProviderAndWait(FileFlags.provider(file));

            assertThat(client.getBooleanValue("tools", false)).isTrue();
            assertThat(client.getBooleanValue("prompt", false, new ImmutableContext(Map.of("plan", new Value("pro")))))
                    .isFalse();
            assertThat(client.getBooleanValue(
                            "prompt", false, new ImmutableContext(Map.of("plan", new Value("enterprise")))))
                    .isTrue();
        }

        @Test
        void is_named_after_its_file() {
            assertThat(FileFlags.provider(Path.of("conf/flags.json"))
                            .getMetadata()
                            .getName())
                    .isEqualTo("agentflags-file:conf/flags.json");
        }

        @Test
        void takes_its_options() {
            List<String> tracked = new ArrayList<>();
            AgentFlagsProvider provider = FileFlags.builder(file)
                    .name("mine")
                    .planAttribute("tier")
                    .initTimeout(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(10))
                    .onTrack((event, context, details) -> tracked.add(event))
                    .build();
            api.setProviderAndWait(provider);
            client.track("answered");

            assertThat(provider.getMetadata().getName()).isEqualTo("mine");
            assertThat(tracked).containsExactly("answered");
            assertThat(client.getBooleanValue(
                            "prompt", false, new ImmutableContext(Map.of("tier", new Value("enterprise")))))
                    .isTrue();
        }

        @Test
        void refuses_options_that_make_no_sense() {
            FileFlags.Builder builder = FileFlags.builder(file);

            assertThatThrownBy(() -> builder.name(" ")).hasMessage("name: expected a name, found an empty string");
            assertThatThrownBy(() -> builder.planAttribute("")).hasMessageStartingWith("planAttribute: ");
            assertThatThrownBy(() -> builder.initTimeout(Duration.ofMillis(-1)))
                    .hasMessage("initTimeout: expected PT0S or more, found PT-0.001S");
            assertThatThrownBy(() -> builder.pollInterval(Duration.ofMillis(9)))
                    .hasMessage("pollInterval: expected PT0.01S or more, up to PT24H, found PT0.009S");
            assertThatThrownBy(() -> builder.pollInterval(Duration.ofDays(2)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void says_what_is_wrong_with_the_file_and_begins_when_it_is_mended() throws IOException {
            Files.writeString(file, "{\"prompt\": {\"status\": \"on\",}}");
            assertThatThrownBy(() -> api.setProviderAndWait(FileFlags.provider(file)))
                    .isInstanceOf(GeneralError.class)
                    .hasMessageContaining(file + ": 1:")
                    .hasMessageContaining("not JSON");
            until(ProviderState.ERROR);

            Files.writeString(file, DOCUMENT);
            until(ProviderState.READY);
            assertThat(client.getBooleanValue("tools", false)).isTrue();
        }

        @Test
        void may_begin_before_there_is_a_file() throws IOException {
            Files.delete(file);
            api.setProviderAndWait(FileFlags.builder(file).startEmpty(true).build());
            until(ProviderState.STALE);
            assertThat(client.getBooleanValue("tools", false)).isFalse();

            Files.writeString(file, DOCUMENT);
            until(ProviderState.READY);
            assertThat(client.getBooleanValue("tools", false)).isTrue();
        }

        @Test
        void tells_which_flags_have_changed() throws IOException {
            List<EventDetails> changes = new CopyOnWriteArrayList<>();
            api.setProviderAndWait(FileFlags.provider(file));
            client.onProviderConfigurationChanged(changes::add);
            Files.writeString(file, DOCUMENT.replace("\"tools\"", "\"code\""));

            Eventually.until(() -> !changes.isEmpty());
            assertThat(changes)
                    .singleElement()
                    .extracting(EventDetails::getFlagsChanged)
                    .isEqualTo(List.of("code", "tools"));
        }

        @Test
        void is_stale_and_answers_on_while_the_file_is_bad() throws IOException {
            List<String> reasons = new CopyOnWriteArrayList<>();
            api.setProviderAndWait(
                    FileFlags.builder(file).pollInterval(Duration.ofMillis(20)).build());
            client.onProviderStale(details -> reasons.add(details.getMessage()));
            for (String bad : new String[] {"", "{\"prompt\"", "[]", "{\"error\": \"no flags here\"}"}) {
                Files.writeString(file, bad);
                until(ProviderState.STALE);
                assertThat(client.getBooleanValue("tools", false)).isTrue();
                Files.writeString(file, DOCUMENT);
                until(ProviderState.READY);
            }
            Files.delete(file);
            until(ProviderState.STALE);
            assertThat(client.getBooleanValue("tools", false)).isTrue();

            Eventually.until(() -> reasons.size() == 5);
            assertThat(reasons).allMatch(reason -> reason.startsWith(file + ": "));
        }

        @Test
        void is_not_stale_for_an_edit_in_place() throws IOException {
            List<EventDetails> changes = new CopyOnWriteArrayList<>();
            List<EventDetails> stale = new CopyOnWriteArrayList<>();
            api.setProviderAndWait(FileFlags.provider(file));
            client.onProviderConfigurationChanged(changes::add);
            client.onProviderStale(stale::add);
            for (int i = 1; i <= 50; i++) {
                Files.writeString(file, DOCUMENT.replace("enterprise", "plan-" + i));
                int seen = i;
                Eventually.until(() -> changes.size() == seen);
            }

            assertThat(stale).isEmpty();
        }

        @Test
        void leaves_no_thread_behind() {
            var before = Thread.getAllStackTraces().keySet();
            AgentFlagsProvider provider =
                    FileFlags.builder(file).name("passing").build();
            api.setProviderAndWait(provider);
            assertThat(threads("passing-")).isNotEmpty();
            provider.shutdown();
            provider.shutdown();

            Eventually.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .noneMatch(thread -> thread.getName().startsWith("passing-")
                            || thread.getName().contains("FileSystemWatch")));
        }

        private List<Thread> threads(String prefix) {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith(prefix))
                    .toList();
        }

        @Test
        void never_answers_from_half_a_document() throws Exception {
            Files.writeString(file, numbered(0));
            api.setProviderAndWait(FileFlags.provider(file));
            ExecutorService readers = Executors.newFixedThreadPool(2);
            try {
                List<Future<Integer>> last =
                        List.of(readers.submit(() -> readUntil(1000)), readers.submit(() -> readUntil(1000)));
                for (int i = 1; i <= 1000; i++) {
                    Change change = i % 2 == 0 ? Change.EDITED_IN_PLACE : Change.RENAMED_INTO_PLACE;
                    change.make(file, numbered(i));
                }
                for (Future<Integer> reader : last) {
                    assertThat(reader.get()).isEqualTo(1000);
                }
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } finally {
                readers.shutdownNow();
            }
        }

        private static String numbered(int n) {
            return """
                    {"agent": {"status": "on", "variants": {
                      "on": {"first": %1$d, "filler": "%2$s", "last": %1$d},
                      "off": {}}}}
                    """.formatted(n, "x".repeat(1 + (n * 7919) % 10_000));
        }

        /** Evaluates until a document of that number is in force; numbers must belong together and not go back. */
        private int readUntil(int last) {
            int seen = 0;
            while (seen < last) {
                Structure value =
                        client.getObjectDetails("agent", new Value()).getValue().asStructure();
                int first = value.getValue("first").asInteger();
                assertThat(value.getValue("last").asInteger()).isEqualTo(first);
                assertThat(first).isGreaterThanOrEqualTo(seen);
                seen = first;
            }
            return seen;
        }
    }

    @Nested
    class Admin {

        @Test
        void kills_for_those_who_follow_the_file() throws Exception {
            api.setProviderAndWait(FileFlags.provider(file));
            FileFlags.admin(file, "alice").kill("tools", "it deletes files");

            Eventually.until(() -> !client.getBooleanValue("tools", true));
            var details = client.getBooleanDetails("tools", true);
            assertThat(details.getReason()).isEqualTo("KILLED");
            assertThat(details.getFlagMetadata().getString("kill_reason")).isEqualTo("it deletes files");
        }

        @Test
        void says_where_there_is_no_file() {
            assertThatThrownBy(() -> FileFlags.admin(directory.resolve("none.json"), "alice")
                            .killAll("now"))
                    .hasMessageContaining("none.json: no such file; begin with one");
        }

        @Test
        void writes_who_did_what() throws Exception {
            FileFlags.admin(file, "alice").kill("tools", "it deletes files");

            assertThat(FileFlags.admin(file, "bob").audit()).singleElement().satisfies(entry -> {
                assertThat(entry.actor()).isEqualTo("alice");
                assertThat(entry.operation()).isEqualTo("kill");
                assertThat(entry.flag()).isEqualTo("tools");
            });
        }
    }
}
