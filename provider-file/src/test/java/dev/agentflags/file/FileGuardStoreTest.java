package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.agentflags.openfeature.Eventually;
import dev.openfeature.sdk.ImmutableContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGuardStoreTest {

    @TempDir
    private Path directory = Path.of("");

    private Path document() {
        return directory.resolve("flags.json");
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(document(), "{\"version\": 1, \"flags\": {}}");
    }

    @Test
    void keeps_the_last_text_beside_the_document() throws IOException {
        try (var store = FileGuardStore.of(document())) {
            assertThat(store.load()).isNull();
            store.save("one");
            store.save("two");
            assertThat(FileGuardStore.read(document())).isEqualTo("two");
        }
        assertThat(directory.resolve("flags.json.guard.json")).hasContent("two");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("flags.json", "flags.json.guard.json", ".flags.json.guard.lock");
        }
        try (var store = FileGuardStore.of(document())) {
            assertThat(store.load()).isEqualTo("two");
        }
    }

    @Test
    void is_beside_the_document_behind_a_link() throws IOException {
        Path link = directory.resolve("link.json");
        Files.createSymbolicLink(link, document());
        try (var store = FileGuardStore.of(link)) {
            store.load();
            store.save("one");
        }
        assertThat(FileGuardStore.read(document())).isEqualTo("one");
    }

    @Test
    void is_for_one_at_a_time() throws IOException {
        var first = FileGuardStore.of(document());
        var second = FileGuardStore.of(document());
        first.load();
        assertThatIOException().isThrownBy(second::load).withMessageContaining("somebody else guards its flags");
        first.close();
        second.load();
        second.close();
    }

    @Test
    void says_that_there_is_no_document() {
        try (var store = FileGuardStore.of(directory.resolve("none.json"))) {
            assertThatIOException().isThrownBy(store::load);
        }
    }

    @Test
    void ends_its_thread_when_the_provider_is_shut_down() throws Exception {
        Files.writeString(document(), "{\"f\": {\"status\": \"percentage\", \"percentage\": 5, \"guard\": {}}}");
        var provider = FileFlags.builder(document()).name("guarded").guard().build();
        provider.initialize(new ImmutableContext());
        Eventually.until(() -> threads().contains("guarded-guard"));
        Eventually.until(() -> Files.exists(directory.resolve("flags.json.guard.json")));
        provider.shutdown();
        Eventually.until(() -> !threads().contains("guarded-guard"));
        assertThat(FileGuardStore.read(document())).contains("\"flag\":\"f\"", "\"percentage\":5.0");
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
