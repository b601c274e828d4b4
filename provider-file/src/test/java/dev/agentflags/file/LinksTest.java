package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void leaveOutLinksAboveTheTest() throws IOException {
        directory = temporary.toRealPath();
    }

    private static Set<Path> names(String... names) {
        return Set.copyOf(Arrays.stream(names).map(Path::of).toList());
    }

    @Test
    void of_a_plain_file_are_only_itself() throws IOException {
        Path file = Files.createFile(directory.resolve("flags.json"));

        assertThat(Links.of(file)).isEqualTo(Map.of(directory, names("flags.json")));
    }

    @Test
    void of_a_config_map_are_both_links_and_the_file() throws IOException {
        Path file = directory.resolve("flags.json");
        Change.SWAPPED_LIKE_A_CONFIG_MAP.make(file, "{}");
        Path version = file.toRealPath().resolveSibling("");

        assertThat(Links.of(file))
                .isEqualTo(Map.of(directory, names("flags.json", "..data"), version.normalize(), names("flags.json")));
    }

    @Test
    void are_followed_up_and_down_and_from_the_root() throws IOException {
        Path target = Files.createDirectory(directory.resolve("a")).resolve("target");
        Files.createFile(target);
        Path up = Files.createDirectory(directory.resolve("b")).resolve("up");
        Files.createSymbolicLink(up, Path.of("../a/./target"));
        Path absolute = Files.createSymbolicLink(directory.resolve("flags.json"), up);

        assertThat(Links.of(absolute))
                .isEqualTo(Map.of(
                        directory,
                        names("flags.json"),
                        directory.resolve("b"),
                        names("up"),
                        directory.resolve("a"),
                        names("target")));
    }

    @Test
    void end_at_the_first_name_that_is_missing() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a/b"));

        assertThat(Links.of(link.resolve("c/flags.json"))).isEqualTo(Map.of(directory, names("link", "a")));
    }

    @Test
    void that_go_in_circles_come_to_an_end() throws IOException {
        Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));

        assertThat(Links.of(directory.resolve("a"))).isEqualTo(Map.of(directory, names("a", "b")));
    }
}
