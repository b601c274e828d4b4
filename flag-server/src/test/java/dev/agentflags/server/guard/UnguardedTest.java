package dev.agentflags.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnguardedTest {

    private final Unguarded unguarded = new Unguarded("redis://somewhere");

    private @Nullable String warning(String flags) throws DocumentException {
        String document = "{\"version\": 1, \"flags\": {" + flags + "}}";
        return unguarded.warning(DocumentReader.read(document).orThrow().ruleset());
    }

    @Test
    void warns_once_of_each_flag_that_counts_on_a_guard() throws DocumentException {
        String plain = "\"plain\": {\"status\": \"on\"}";
        String a = ", \"a\": {\"status\": \"percentage\", \"guard\": {}}";

        assertThat(warning(plain)).isNull();
        assertThat(warning(plain + a)).startsWith("redis://somewhere: nobody guards [a]: ");
        assertThat(warning(plain + a)).isNull();
        assertThat(warning(plain + a + a.replace("\"a\"", "\"b\""))).contains("nobody guards [a, b]");
        assertThat(warning(plain)).isNull();
        assertThat(warning(plain + a)).contains("[a]");
    }
}
