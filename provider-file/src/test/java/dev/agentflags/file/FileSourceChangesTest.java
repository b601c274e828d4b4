package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.source.RecordingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A file source sees a change, however it is made: by events alone, and by looking alone. */
@Timeout(60)
class FileSourceChangesTest {

    private static final String ONE = "{\"f\": 1}";
    private static final String TWO = "{\"f\": 2}";

    @TempDir
    Path directory;

    private final RecordingListener listener = new RecordingListener();
    private @Nullable FileSource source;

    /** How a source comes to know. */
    enum By {
        EVENTS(Duration.ofHours(1)),
        INTERVAL(Duration.ofMillis(10));

        private final Duration pollInterval;

        By(Duration pollInterval) {
            this.pollInterval = pollInterval;
        }

        FileSource source(Path file) {
            Supplier<Watch> watches = this == EVENTS ? () -> DirectoryWatch.on(file) : Watch::blind;
            return new FileSource("test", file, pollInterval, watches, Contents::read);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
        }
    }

    private void start(By by, Path file) {
        source = by.source(file);
        source.start(listener);
    }

    static Stream<Arguments> changes() {
        return Stream.of(Change.values())
                .flatMap(change -> Stream.of(By.values()).map(by -> Arguments.of(change, by)));
    }

    @ParameterizedTest(name = "{0}, by {1}")
    @MethodSource("changes")
    void is_seen_every_time(Change change, By by) throws IOException {
        Path file = directory.resolve("flags.json");
        change.make(file, ONE);
        start(by, file);
        listener.awaitAccepted(ONE);
        for (int i = 0; i < 5; i++) {
            change.make(file, TWO);
            listener.awaitAccepted(TWO);
            change.make(file, ONE);
            listener.awaitAccepted(ONE);
        }

        assertThat(listener.failures()).isEmpty();
    }

    @ParameterizedTest(name = "by {0}")
    @EnumSource
    void is_seen_when_one_way_follows_another(By by) throws IOException {
        Path file = directory.resolve("flags.json");
        Change.EDITED_IN_PLACE.make(file, ONE);
        start(by, file);
        listener.awaitAccepted(ONE);
        int i = 2;
        for (Change change : List.of(
                Change.RENAMED_INTO_PLACE,
                Change.LINKED_TO_ANOTHER_FILE,
                Change.EDITED_IN_PLACE,
                Change.DELETED_AND_CREATED,
                Change.EDITED_WITHIN_A_TICK,
                Change.RESTORED_FROM_AN_OLDER_FILE)) {
            String document = "{\"f\": " + i++ + "}";
            change.make(file, document);
            listener.awaitAccepted(document);
        }
    }

    @ParameterizedTest(name = "by {0}")
    @EnumSource
    void is_seen_when_file_and_directories_come_later(By by) throws IOException {
        Path file = directory.resolve("a/b/flags.json");
        start(by, file);
        listener.awaitFailure("no such file");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, ONE);
        listener.awaitAccepted(ONE);
        Files.writeString(file, TWO);

        listener.awaitAccepted(TWO);
    }

    @ParameterizedTest(name = "by {0}")
    @EnumSource
    void is_seen_when_the_directory_was_away(By by) throws IOException {
        Path file = Files.createDirectory(directory.resolve("a")).resolve("flags.json");
        Files.writeString(file, ONE);
        start(by, file);
        listener.awaitAccepted(ONE);
        Files.delete(file);
        Files.delete(file.resolveSibling(""));
        listener.awaitFailure("no such file");
        Files.createDirectory(file.resolveSibling(""));
        Files.writeString(file, TWO);

        listener.awaitAccepted(TWO);
    }

    @Test
    void is_seen_when_it_comes_while_the_watch_is_being_set_up() throws IOException {
        Path file = directory.resolve("a/b/flags.json");
        var watch =
                new LateWatch(DirectoryWatch.on(file), directory.toRealPath().resolve("a"));
        source = new FileSource("test", file, Duration.ofHours(1), () -> watch, Contents::read);
        source.start(listener);
        listener.awaitFailure("no such file");
        Files.createDirectory(directory.resolve("a"));
        Eventually.until(() -> watch.awaited);
        Files.writeString(file, ONE);

        listener.awaitAccepted(ONE);
    }

    /** Puts a directory into another one just before that is watched. */
    private static final class LateWatch implements Watch {

        private final Watch watch;
        private final Path parent;
        private boolean done;
        private volatile boolean awaited;

        LateWatch(Watch watch, Path parent) {
            this.watch = watch;
            this.parent = parent;
        }

        @Override
        public boolean follow(Map<Path, Set<Path>> namesByDirectory) {
            if (!done && namesByDirectory.containsKey(parent)) {
                done = true;
                try {
                    Files.createDirectory(parent.resolve("b"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return watch.follow(namesByDirectory);
        }

        @Override
        public void await(Duration atMost) throws InterruptedException {
            awaited = done;
            watch.await(atMost);
        }

        @Override
        public void close() {
            watch.close();
        }
    }

    @Test
    void is_seen_when_a_directory_takes_the_place_of_another() throws IOException {
        Path file = Files.createDirectory(directory.resolve("a")).resolve("flags.json");
        Files.writeString(file, ONE);
        Path other = Files.createDirectory(directory.resolve("b"));
        Files.writeString(other.resolve("flags.json"), TWO);
        source = FileSource.of("test", file, Duration.ofMillis(20));
        source.start(listener);
        listener.awaitAccepted(ONE);
        Files.move(directory.resolve("a"), directory.resolve("c"));
        Files.move(other, directory.resolve("a"));

        listener.awaitAccepted(TWO);
    }

    @Test
    void is_seen_through_a_relative_path() throws IOException {
        Path file =
                Path.of("").toAbsolutePath().relativize(directory.toRealPath().resolve("flags.json"));
        Files.writeString(file, ONE);
        start(By.EVENTS, file);
        listener.awaitAccepted(ONE);
        Files.writeString(file, TWO);

        listener.awaitAccepted(TWO);
    }
}
