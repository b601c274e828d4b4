package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.program.WithPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The community's OFREP provider for JavaScript, against a server. Takes it from the npm registry. */
@WithPrograms({"node", "npm"})
class OfrepJavaScriptTest {

    @Test
    void evaluates_every_type_and_has_the_callers_default_otherwise(@TempDir Path directory) throws Exception {
        try (var script = Objects.requireNonNull(OfrepJavaScriptTest.class.getResourceAsStream("ofrep.mjs"))) {
            Files.copy(script, directory.resolve("ofrep.mjs"));
        }
        Files.writeString(directory.resolve("package.json"), "{\"private\": true}");
        run(
                directory,
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "@openfeature/ofrep-provider@0.1.3",
                "@openfeature/server-sdk@1.23.0");
        try (Served served = Served.file(directory, OfrepInteropTest.DOCUMENT, options -> options)) {
            String said =
                    run(directory, "node", "ofrep.mjs", served.server.uri().toString());

            assertThat(said.lines())
                    .containsExactly(
                            "bool | true | TARGETING_MATCH | ",
                            "text | \"grün\" | STATIC | ",
                            "whole | 7 | STATIC | ",
                            "double | 1 | STATIC | ",
                            "object | {\"model\":\"big-1\",\"depth\":{\"n\":3},\"tools\":[\"search\"]} | STATIC | ",
                            "killed | false | KILLED | ",
                            "by-plan | true | TARGETING_MATCH | ",
                            "nobody-has-it | \"mine\" | ERROR | FLAG_NOT_FOUND",
                            "whole | \"mine\" | ERROR | TYPE_MISMATCH",
                            "by-user | \"mine\" | ERROR | TARGETING_KEY_MISSING",
                            "own-default | \"mine\" | ERROR | GENERAL");
        }
    }

    private static String run(Path directory, String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(() -> read(directory.resolve("err")))
                .isTrue();
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
