package dev.agentflags.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is code that compiles. */
class ReadmeTest {

    private static final Path SOURCES = Path.of("src/test/java/dev/agentflags/examples");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void shows_only_lines_that_are_compiled() throws IOException {
        List<String> compiled = new ArrayList<>(lines(Files.readString(SOURCES.resolve("ReadmeSnippets.java"))));
        compiled.addAll(lines(Files.readString(SOURCES.resolve("AgentSnippets.java"))));
        List<String> shown = JAVA.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .flatMap(block -> lines(block.group(1)).stream())
                .toList();

        assertThat(shown).hasSizeGreaterThan(20).isSubsetOf(compiled);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
