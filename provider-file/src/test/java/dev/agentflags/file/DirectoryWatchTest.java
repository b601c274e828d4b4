package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryWatchTest {

    private static final Path NAME = Path.of("flags.json");
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private Watch watch;

    @BeforeEach
    void open() {
        watch = DirectoryWatch.on(directory);
        watch.follow(Map.of(directory, Set.of(NAME)));
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private Duration waited(Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        watch.await(atMost);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void returns_when_a_name_that_it_follows_changes() throws Exception {
        Files.createFile(directory.resolve(NAME));

        assertThat(waited(LONG)).isLessThan(LONG);
    }

    @Test
    void is_not_disturbed_by_the_other_files_of_a_busy_directory() throws Exception {
        Files.createFile(directory.resolve("flags.json.audit.jsonl"));
        Files.createFile(directory.resolve(".flags.json.lock"));

        assertThat(waited(SHORT)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void returns_when_the_directory_goes_away() throws Exception {
        Path child = Files.createDirectory(directory.resolve("child"));
        watch.follow(Map.of(child, Set.of(NAME)));
        Files.delete(child);

        assertThat(waited(LONG)).isLessThan(LONG);
    }

    @Test
    void says_which_directories_are_new_to_it() throws IOException {
        Path child = Files.createDirectory(directory.resolve("child"));

        assertThat(watch.follow(Map.of(directory, Set.of(NAME)))).isFalse();
        assertThat(watch.follow(Map.of(child, Set.of(NAME)))).isTrue();
        Files.move(child, directory.resolve("before"));
        Files.createDirectory(child);
        assertThat(watch.follow(Map.of(child, Set.of(NAME)))).isTrue();
        assertThat(watch.follow(Map.of(directory.resolve("missing"), Set.of(NAME))))
                .isFalse();
    }

    @Test
    void forgets_what_it_is_no_longer_to_follow() throws Exception {
        watch.follow(Map.of());
        Files.createFile(directory.resolve(NAME));

        assertThat(waited(SHORT)).isGreaterThanOrEqualTo(SHORT);
    }
}
