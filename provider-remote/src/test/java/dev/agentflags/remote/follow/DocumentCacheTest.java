package dev.agentflags.remote.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentCacheTest {

    private static final URI ADDRESS = URI.create("https://flags.example.com/v1/document");
    private static final byte[] DOCUMENT = "{\"version\": 1, \"flags\": {}}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private DocumentCache cache() {
        return new DocumentCache(directory.resolve("a/b"), ADDRESS);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("a/b"))) {
            return files.toList();
        }
    }

    private Path file() throws IOException {
        cache().save(DOCUMENT);
        return files().get(0);
    }

    @Test
    void has_nothing_at_first() {
        assertThat(cache().load()).isNull();
    }

    @Test
    void returns_what_was_saved_last() throws IOException {
        cache().save("old".getBytes(StandardCharsets.UTF_8));
        cache().save(DOCUMENT);

        assertThat(cache().load()).isEqualTo(DOCUMENT);
        assertThat(files()).hasSize(1);
    }

    @Test
    void is_for_its_owner_only() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void does_not_write_the_address_down() throws IOException {
        assertThat(Files.readString(file())).doesNotContain("example").endsWith("\n{\"version\": 1, \"flags\": {}}");
    }

    @Test
    void is_of_one_address() {
        cache().save(DOCUMENT);
        var other = new DocumentCache(directory.resolve("a/b"), URI.create("https://other.example.com/v1/document"));

        assertThat(other.load()).isNull();
    }

    @Test
    void is_not_used_where_the_file_is_another_addresss() throws IOException {
        Path file = file();
        var other = new DocumentCache(directory.resolve("a/b"), URI.create("https://other.example.com/v1/document"));
        other.save(DOCUMENT);
        Path foreign =
                files().stream().filter(path -> !path.equals(file)).findFirst().orElseThrow();
        Files.write(file, Files.readAllBytes(foreign));

        assertThat(cache().load()).isNull();
    }

    @Test
    void is_not_used_where_a_bit_of_it_is_other_than_it_was_written() throws IOException {
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThat(cache().load()).isNull();
        }
    }

    @Test
    void is_not_used_where_it_is_cut_short_or_goes_on() throws IOException {
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(cache().load()).isNull();
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));

        assertThat(cache().load()).isNull();
    }

    @Test
    void is_not_used_where_it_is_anything() throws IOException {
        Path file = file();
        var random = new SplittableRandom(5);
        for (int i = 0; i < 200; i++) {
            byte[] anything = new byte[random.nextInt(300)];
            random.nextBytes(anything);
            Files.write(file, anything);
            assertThat(cache().load()).isNull();
        }
    }

    @Test
    void is_not_used_where_others_may_write_it() throws IOException {
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));

        assertThat(cache().load()).isNull();
    }

    @Test
    void is_not_used_where_it_is_a_directory_or_too_large() throws IOException {
        Path file = file();
        Files.write(file, new byte[9 * 1024 * 1024]);
        assertThat(cache().load()).isNull();
        Files.delete(file);
        Files.createDirectory(file);

        assertThat(cache().load()).isNull();
    }

    @Test
    void that_cannot_be_written_does_not_matter() throws IOException {
        Files.writeString(directory.resolve("a"), "no directory");

        assertThatCode(() -> cache().save(DOCUMENT)).doesNotThrowAnyException();
        assertThatCode(() -> cache().load()).doesNotThrowAnyException();
    }
}
