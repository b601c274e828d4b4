package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.server.access.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {

    private static final String SECRETIVE = TestServer.FLAGS.replace("\"a\"", "\"very_secret_flag\"");

    @TempDir
    Path directory;

    @Test
    @DisplayName("35 8 says nothing of flags, tokens and files in health and metrics")
    void says_nothing_of_flags_and_tokens() throws IOException {
        String token = TestServer.token(directory, "secret-name", null, Scope.OPERATE);
        try (var server = TestServer.start(
                TestServer.file(directory, SECRETIVE),
                options -> options.tokens(directory.resolve("tokens.json")).openMetrics(true))) {
            server.as(token);
            server.activate("very_secret_flag");
            server.activate("another_secret_flag");
            server.deactivate("very_secret_flag");
            Files.writeString(directory.resolve("flags.json"), "{ very_secret_flag");
            Eventually.until(() -> server.get("/healthz").body().contains("refused"));
            server.as(null);
            String all = server.get("/healthz").body()
                    + server.get("/readyz").body()
                    + server.get("/metrics").body();

            assertThat(all)
                    .contains("agentflags_changes_seconds_count{operation=\"kill\",result=\"done\"} 1")
                    .contains("route=\"/admin/v1/kill-switches/:key/activate\",status=\"200\"")
                    .doesNotContain("secret_flag", "secret-name", token, token.split("_", 3)[1], "flags.json");
        }
    }
}
