package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentflags.source.RecordingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LookTest {

    private static final String GOOD = "{\"f\": 1}";
    private static final String OTHER = "{\"f\": 2}";
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private final RecordingListener listener = new RecordingListener();
    private Path file;
    private Look look;
    private long nowNanos;
    private boolean closed;

    @BeforeEach
    void seeAGoodDocument() throws IOException {
        file = directory.resolve("flags.json");
        Files.writeString(file, GOOD);
        look = look(Contents::read);
        look.again();
    }

    private Look look(FileSource.Reading reading) {
        return new Look(file, reading, INTERVAL, listener, () -> closed, () -> nowNanos);
    }

    private Duration againAfter(int millis) {
        nowNanos += Duration.ofMillis(millis).toNanos();
        return look.again();
    }

    @Test
    void delivers_once_and_then_confirms() {
        assertThat(againAfter(0)).isEqualTo(INTERVAL);
        againAfter(1000);

        assertThat(listener.delivered()).containsExactly(GOOD);
        assertThat(listener.calls()).isEqualTo(3);
    }

    @Test
    void says_nothing_of_a_document_that_is_half_written_for_a_moment() throws IOException {
        Files.writeString(file, "{\"f\":");
        assertThat(againAfter(0)).isLessThanOrEqualTo(Duration.ofMillis(10));
        Files.writeString(file, "");
        againAfter(90);
        Files.writeString(file, OTHER);
        assertThat(againAfter(9)).isEqualTo(INTERVAL);

        assertThat(listener.accepted()).containsExactly(GOOD, OTHER);
        assertThat(listener.failures()).isEmpty();
    }

    @Test
    void delivers_a_bad_document_once_and_reports_it_once() throws IOException {
        Files.writeString(file, "bad");
        againAfter(0);
        againAfter(100);
        assertThat(againAfter(1000)).isEqualTo(INTERVAL);
        againAfter(1000);

        assertThat(listener.delivered()).containsExactly(GOOD, "bad");
        assertThat(listener.failures()).containsExactly(file + ": refused: bad");
    }

    @Test
    void delivers_a_bad_document_again_that_comes_back_after_a_good_one() throws IOException {
        for (String document : new String[] {"bad", OTHER, "bad"}) {
            Files.writeString(file, document);
            againAfter(0);
        }

        assertThat(listener.delivered()).containsExactly(GOOD, "bad", OTHER, "bad");
    }

    /** Something that can become of a file, and what is said of it. */
    interface Trouble {
        void befall(Path file) throws IOException;
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble("missing", "no such file", Files::delete),
                trouble("empty", "refused: ", file -> Files.writeString(file, "")),
                trouble("half-written", "refused: {\"f\"", file -> Files.writeString(file, "{\"f\"")),
                trouble("too large", "expected at most 8,388,608 bytes, found more", file -> {
                    Files.write(file, new byte[Contents.MAX_BYTES + 1]);
                }),
                trouble("a directory", "expected a regular file, found something else", file -> {
                    Files.delete(file);
                    Files.createDirectory(file);
                }),
                trouble("a device", "expected a regular file, found something else", file -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, Path.of("/dev/zero"));
                }),
                trouble("a link to nothing", "no such file", file -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, Path.of("nothing"));
                }),
                trouble("a link to itself", "Too many levels of symbolic links", file -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, file.getFileName());
                }));
    }

    private static Arguments trouble(String name, String said, Trouble trouble) {
        return Arguments.of(name, said, trouble);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void reports_a_file_that_stays_bad_and_goes_on_with_the_next_good_one(String name, String said, Trouble trouble)
            throws IOException {
        trouble.befall(file);
        againAfter(0);
        assertThat(listener.failures()).isEmpty();
        againAfter(100);
        againAfter(100);
        assertThat(listener.failures())
                .singleElement()
                .asString()
                .startsWith(file + ": ")
                .contains(said);

        Files.deleteIfExists(file);
        Files.writeString(file, OTHER);
        againAfter(1000);
        assertThat(listener.accepted()).containsExactly(GOOD, OTHER);
    }

    @Test
    void reports_a_file_that_may_not_be_read() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "the super-user reads everything");
        againAfter(0);
        againAfter(100);

        assertThat(listener.failures()).containsExactly(file + ": permission denied");
    }

    @Test
    void lives_through_what_nobody_expected() {
        look = look(path -> {
            throw new UncheckedIOException(new IOException("the disk is on fire"));
        });
        againAfter(0);
        againAfter(100);

        assertThat(listener.failures()).singleElement().asString().contains("the disk is on fire");
    }

    @Test
    void drops_what_it_has_read_when_closed_meanwhile() {
        look = look(path -> {
            closed = true;
            return Contents.of(OTHER);
        });
        againAfter(0);

        assertThat(listener.accepted()).containsExactly(GOOD);
    }

    @Test
    void says_nothing_of_an_error_that_closing_made() {
        look = look(path -> {
            closed = true;
            throw new IOException("interrupted");
        });
        againAfter(0);
        againAfter(100);

        assertThat(listener.failures()).isEmpty();
    }
}
