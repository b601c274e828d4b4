package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import dev.agentflags.server.redis.RedisProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    private Ran serve(String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {"serve", "--port", "0", "--store", "file:" + directory.resolve("flags.json")},
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return shell.run(arguments);
    }

    @Test
    void says_where_it_can_be_asked_and_stops_when_it_is_told_to() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.agentflags.cli.Main",
                        "serve",
                        "--create",
                        "--port",
                        "0",
                        "--store",
                        "file:" + directory.resolve("new.json"))
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line)
                    .matches(
                            "serving file:.*new.json \\(serial 1, 0 flags\\) at http://127.0.0.1:\\d+, without tokens: .*");
            URI uri = URI.create(line.replaceAll(".*(http://[^,]*),.*", "$1"));
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri.resolve("/readyz")).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            long before = System.nanoTime();
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before))
                    .isLessThan(5_000);
            assertThat(process.exitValue()).isEqualTo(Exit.DONE);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void needs_a_document() throws IOException {
        assertThat(serve())
                .isEqualTo(new Ran(
                        Exit.UNAVAILABLE, "", "error: there is no file flags.json\n hint: --create begins one\n"));
        Files.writeString(directory.resolve("flags.json"), "{");
        assertThat(serve().status()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(serve().err()).contains("refused, mend it first");
    }

    @Test
    void says_that_redis_is_not_there_and_never_the_password() {
        Ran ran = shell.run("serve", "--store", "redis://:s3cr3t@127.0.0.1:1");
        Ran misspelt = shell.run("serve", "--store", "redis://:s3cr3t@127.0.0.1:1?flagset=a");

        assertThat(ran.status()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(ran.err())
                .contains("redis://127.0.0.1:1/0?flag_set=agentflags")
                .doesNotContain("s3cr3t", "hint");
        assertThat(misspelt.status()).isEqualTo(Exit.USAGE);
        assertThat(misspelt.err()).contains("found [flagset]").doesNotContain("s3cr3t");
    }

    @Test
    void says_what_a_redis_lacks_and_what_to_do_about_it() throws IOException {
        try (RedisProcess redis = RedisProcess.start()) {
            assertThat(shell.run("serve", "--store", redis.url("test")).err())
                    .contains("there is no document", "hint: --seed FILE or --create");
        }
        try (RedisProcess redis = RedisProcess.start("--appendonly", "no")) {
            assertThat(shell.run("serve", "--store", redis.url("test"), "--create")
                            .err())
                    .contains("append-only persistence, but it is off", "hint: --allow-volatile");
        }
    }

    @Test
    void explains_wrong_usage() {
        shell.file("flags.json", Shell.SEED);

        assertThat(serve("--host", "0.0.0.0").err()).contains("without tokens everybody", " hint: give --tokens FILE");
        assertThat(serve("--host", "0.0.0.0").status()).isEqualTo(Exit.USAGE);
        assertThat(serve("--tls-cert", "x").status()).isEqualTo(Exit.USAGE);
        assertThat(serve("--port", "65536").status()).isEqualTo(Exit.USAGE);
        assertThat(serve("--max-streams", "0").status()).isEqualTo(Exit.USAGE);
        assertThat(shell.run("serve", "--store", "redis").err())
                .contains("--store: expected file:PATH or redis://HOST:PORT, found something else");
        assertThat(serve("--tokens", directory.resolve("tokens.json").toString())
                        .err())
                .contains("there is no file of tokens");
        assertThat(shell.read("flags.json")).as("untouched").isEqualTo(Shell.SEED);
    }
}
