package dev.agentflags.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("tokens.json");
    }

    private TokenFile file() {
        return TokenFile.of(path());
    }

    private Token.Made create(String name, Instant now) throws IOException {
        return file().create(name, Set.of(Scope.KILL, Scope.AUDIT), Set.of("b", "a"), now, NOW.plusSeconds(60));
    }

    @Test
    void reads_what_it_has_written() throws IOException {
        Token.Made made = create("oncall", NOW);

        assertThat(file().read().all()).containsExactly(made.token());
        assertThat(file().read().find(made.secret(), NOW)).isEqualTo(made.token());
        assertThat(Files.readString(path())).doesNotContain(made.secret());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void has_two_tokens_of_a_name_at_a_time() throws IOException {
        create("oncall", NOW);
        create("oncall", NOW);
        create("other", NOW);

        assertThatThrownBy(() -> create("oncall", NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oncall has the tokens ");
        assertThat(create("oncall", NOW.plusSeconds(60)))
                .as("the others have expired")
                .isNotNull();
    }

    @Test
    void revokes_one_or_all_of_a_name() throws IOException {
        Token one = create("oncall", NOW).token();
        Token two = create("oncall", NOW).token();
        Token other = create("other", NOW).token();

        assertThat(file().revoke(one.id())).containsExactly(one);
        assertThat(file().revoke("oncall")).containsExactly(two);
        assertThat(file().revoke("oncall")).isEmpty();
        assertThat(file().read().all()).containsExactly(other);
    }

    @Test
    void loses_nothing_where_many_write() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "w" + i;
            writers.add(new Thread(() -> {
                try {
                    create(name, NOW);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(file().read().all()).hasSize(8);
    }

    @Test
    void that_is_not_there_cannot_be_read() {
        assertThatThrownBy(() -> file().read()).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | not JSON",
                "[] | expected {\"version\": 1, \"tokens\": […]}",
                "{'version': 2, 'tokens': []} | expected {\"version\": 1",
                "{'version': 1, 'tokens': [7]} | /tokens/0: expected an object",
                "{'version': 1, 'tokens': [{'id': 'x'}]} | /tokens/0/id: expected [0-9a-f]",
                "{'version': 1, 'tokens': [T, T]} | /tokens/1/id: expected an id once",
                "{'version': 1, 'tokens': [{'id': '00000000', 'name': 'n', 'sha256': 'H', 'scopes': [], 'created': 'C'}]} | /tokens/0/scopes: expected a list that is not empty",
                "{'version': 1, 'tokens': [{'id': '00000000', 'name': 'n', 'sha256': 'H', 'scopes': ['all'], 'created': 'C'}]} | /tokens/0/scopes: expected one of read, kill,",
                "{'version': 1, 'tokens': [{'id': '00000000', 'name': 'n', 'sha256': 'H', 'scopes': ['read'], 'flags': [], 'created': 'C'}]} | /tokens/0/flags: expected a list that is not empty",
                "{'version': 1, 'tokens': [{'id': '00000000', 'name': 'n', 'sha256': 'H', 'scopes': ['read'], 'created': 'C', 'expires': 'soon'}]} | /tokens/0/expires: expected a time",
                "{'version': 1, 'tokens': [{'id': '00000000', 'name': 'n', 'sha256': 'H', 'scopes': ['read'], 'created': 'C', 'expire': 'C'}]} | /tokens/0: expected one of ["
            })
    void names_what_is_wrong_in_it(String json, String message) throws IOException {
        String hash = "0".repeat(64);
        String token = "{'id': '00000000', 'name': 'n', 'sha256': 'H', 'scopes': ['read'], 'created': 'C'}";
        Files.writeString(
                path(),
                json.replace("T", token)
                        .replace("'H'", "'" + hash + "'")
                        .replace("'C'", "'2026-11-22T12:00:00Z'")
                        .replace('\'', '"'));

        assertThatThrownBy(() -> file().read())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(path() + ": ")
                .hasMessageContaining(message)
                .hasMessageNotContaining(hash);
    }
}
