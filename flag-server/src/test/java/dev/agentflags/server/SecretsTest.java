package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.server.access.Scope;
import dev.agentflags.server.access.TokenFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for secrets in everything that a process writes while it logs all that it can. Such a process is {@link SecretsProcess}. */
class SecretsTest {

    static final String USER = "alice@example.com";
    static final String TOKENS = "sent.txt";
    static final String DONE = "all was asked";

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String HOOK_SECRET = "a-hook-of-alerts-has-a-secret";

    /** Of a stream; much of one is enough. */
    private static final Pattern TICKET = Pattern.compile("[0-9a-f]{12}\\.[0-9]{10}\\.[A-Za-z0-9_-]{12}");

    @TempDir
    Path directory;

    private String good;
    private String reader;
    private String expired;

    @BeforeEach
    void prepare() throws IOException {
        good = TestServer.token(directory, "lead", null, Scope.REVIVE, Scope.OPERATE, Scope.AUDIT);
        reader = TestServer.token(directory, "reader", null, Scope.READ);
        expired = TokenFile.of(directory.resolve("tokens.json"))
                .create("late", Set.of(Scope.OPERATE), null, NOW, NOW.plusSeconds(1))
                .secret();
        String cut = good.substring(0, good.length() - 1);
        String malformed = secret(good);
        Files.write(
                directory.resolve(TOKENS),
                List.of(good, reader, expired, good + "x", cut, malformed, good + "\u00e9", HOOK_SECRET));
        Files.writeString(directory.resolve("hook.secret"), HOOK_SECRET);
        Files.writeString(directory.resolve("alerts.json"), """
                {"version": 1, "receivers": [
                  {"name": "alertmanager", "kind": "alertmanager", "secret_file": "hook.secret", "flags": ["a"]}]}
                """);
        HeldCertificate nobodyTrustsIt = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        Files.writeString(directory.resolve("tls.key"), nobodyTrustsIt.privateKeyPkcs8Pem());
        Files.writeString(directory.resolve("tls.crt"), nobodyTrustsIt.certificatePem());
    }

    private static String secret(String token) {
        return token.split("_", 3)[2];
    }

    @Test
    @DisplayName(
            "8 27 are in no log, answer, exception, metric, file or name of anything, nor is who was evaluated for")
    void are_nowhere() throws Exception {
        String written = written();

        assertThat(written)
                .as("it did what it should, and told of it")
                .contains(DONE, "DEBUG dev.agentflags.remote", "INFO dev.agentflags.server")
                .contains("HTTP/1.1 200", "HTTP/1.1 400", "HTTP/1.1 401", "HTTP/1.1 403", "HTTP/1.1 429")
                .contains("\"eventStreams\"", "retry: 1000")
                .contains("not JSON", "HTTP 302", "HTTP 500", "TLS: ", "agentflags_refused_requests_total");
        assertThat(secretsIn(written)).isEmpty();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(this::isWrittenByIt)
                    .toList()) {
                assertThat(secretsIn(Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
        assertThat(directory.resolve("open/flags.json.audit.jsonl")).content().contains("refused", "lead", "reader");
    }

    /** Returns all that the process has logged and printed. */
    private String written() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        File out = directory.resolve("out.txt").toFile();
        Process process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.log.dev.agentflags=trace",
                        "-Dorg.slf4j.simpleLogger.showLogName=true",
                        "-cp",
                        classPath,
                        SecretsProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out.toPath());
    }

    private boolean isWrittenByIt(Path file) {
        return !List.of(TOKENS, "hook.secret").contains(file.getFileName().toString());
    }

    /** Returns the lines with a secret in them, or with much of one. An evaluation of all flags has a ticket, and nothing else. */
    private List<String> secretsIn(String text) {
        List<String> secrets = Stream.of(good, reader, expired)
                .map(token -> secret(token).substring(0, 12))
                .toList();
        return text.lines()
                .filter(line -> line.contains(USER)
                        || line.contains(HOOK_SECRET)
                        || (TICKET.matcher(line).find() && !line.contains("\"eventStreams\""))
                        || secrets.stream().anyMatch(line::contains))
                .toList();
    }
}
