package dev.agentflags.server.incident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pieces of configuration in {@code docs/operations.md}, which tests use as they stand there. */
final class Snippet {

    private Snippet() {}

    /** Returns the block that begins with a comment that names a file. */
    static String of(String language, String name) throws IOException {
        return with(language, "# " + name + "\n");
    }

    /** Returns the first block in a language that has such a text. */
    static String with(String language, String text) throws IOException {
        String page = Files.readString(Path.of("../docs/operations.md"));
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        return blocks.results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/operations.md has no " + language + " with " + text));
    }
}
