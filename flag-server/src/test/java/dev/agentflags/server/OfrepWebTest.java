package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.program.WithPrograms;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.store.FileFlagStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The community's OFREP provider for browsers, with a token. Takes it from the npm registry. */
@WithPrograms({"node", "npm"})
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class OfrepWebTest {

    private static final String FLAGS =
            "{\"version\": 1, \"lineage\": \"l\", \"serial\": 1, \"flags\": {\"a\": {\"status\": \"on\"}, \"b\": {\"status\": \"on\"}}}";

    @TempDir
    Path directory;

    private TestServer serve(int port, Duration later) {
        return TestServer.start(
                FileFlagStore.of(directory.resolve("flags.json")),
                options -> options.port(port)
                        .tokens(directory.resolve("tokens.json"))
                        .clock(Clock.offset(Clock.systemUTC(), later)));
    }

    private Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private void install(String... packages) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("package.json"), "{\"private\": true}");
        Process npm = start(Stream.concat(Stream.of("npm", "install", "--no-audit", "--no-fund"), Stream.of(packages))
                .toArray(String[]::new));
        assertThat(npm.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(npm.exitValue())
                .as(Files.readString(directory.resolve("err")))
                .isZero();
    }

    private Process page(String url, String token) throws IOException {
        try (var script = Objects.requireNonNull(OfrepWebTest.class.getResourceAsStream("ofrep-web.mjs"))) {
            Files.copy(script, directory.resolve("ofrep-web.mjs"));
        }
        return start("node", "ofrep-web.mjs", url, token);
    }

    private List<String> said() {
        try {
            return Files.readAllLines(directory.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void is_told_of_kills_with_a_ticket_and_asks_for_another_once_a_stream_breaks() throws Exception {
        install("@openfeature/ofrep-web-provider@0.4.3", "@openfeature/web-sdk@1.10.0", "eventsource@4.1.1");
        String token = TestServer.token(directory, "pages", null, Scope.READ);
        String onCall = TestServer.token(directory, "on-call", null, Scope.KILL);
        Files.writeString(directory.resolve("flags.json"), FLAGS);
        TestServer server = serve(0, Duration.ZERO);
        int port = server.server().uri().getPort();
        Process page = page(server.server().uri().toString(), token);
        try {
            Eventually.until(() -> streams(server) == 1 && said().contains("a true STATIC, b true STATIC"));
            server.as(onCall).activate("a");
            Eventually.until(() -> said().contains("a false KILLED, b true STATIC"));
            server.close();

            try (TestServer next = serve(port, Duration.ofMinutes(2))) {
                Eventually.until(() -> streams(next) == 1);
                next.as(onCall).activate("b");
                Eventually.until(() -> said().contains("a false KILLED, b false KILLED"));
                page.getOutputStream().close();
                assertThat(page.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
            List<String> answers = List.of(said().get(said().size() - 1).split(", ", -1));
            assertThat(answers.stream().filter(answer -> answer.startsWith("stream")))
                    .containsExactly("stream 200", "stream 401", "stream 200");
            assertThat(answers.stream().filter(answer -> answer.startsWith("flags")))
                    .as("at the start, when told of each change and when a stream opens, and once for another ticket")
                    .hasSizeBetween(4, 6);
        } finally {
            page.destroyForcibly();
            server.close();
        }
    }

    private static int streams(TestServer server) {
        return server.server().streams();
    }
}
