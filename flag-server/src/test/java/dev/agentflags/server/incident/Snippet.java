package dev.agentflags.server.incident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pieces of configuration in {@code docs/operations.md}, which tests use as they stand there. */
final class Snippet {

    private Snippet() {}

    /** Returns the block that begins with a comment that names a file, or the first one in a language. */
    static String of(String language, String name) throws IOException {
        String page = Files.readString(Path.of("../docs/operations.md"));
        String first = name.isEmpty() ? "" : "# " + Pattern.quote(name) + "\n";
        Matcher block = Pattern.compile("```" + language + "\n(" + first + ".*?)```", Pattern.DOTALL)
                .matcher(page);
        if (!block.find()) {
            throw new AssertionError("docs/operations.md has no " + language + " that begins with # " + name);
        }
        return block.group(1);
    }
}
