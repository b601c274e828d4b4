package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.server.FlagServer;
import dev.agentflags.server.FlagServerOptions;
import dev.agentflags.server.store.FileFlagStore;
import dev.openfeature.sdk.ImmutableContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DrillCommandTest {

    @TempDir
    Path directory;

    private Shell shell;
    private FlagServer server;

    @BeforeEach
    void serve() throws IOException {
        shell = new Shell(directory);
        shell.file("flags.json", Shell.SEED);
        server = FlagServer.start(FlagServerOptions.builder(FileFlagStore.of(directory.resolve("flags.json")))
                .port(0)
                .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Ran drill(String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "drill";
        all[1] = "--server";
        all[2] = server.uri().toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return shell.run(all);
    }

    @Test
    void says_how_many_providers_would_get_a_kill_and_how_soon() {
        AgentFlagsProvider provider = RemoteFlags.provider(server.uri().toString());
        provider.initialize(new ImmutableContext());
        Eventually.until(() -> server.streams() == 1);
        Ran ran = drill();
        provider.shutdown();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(Exit.DONE);
        assertThat(ran.out()).matches("1 of 1 providers confirmed, the slowest after [0-9.]+ ms\n");
    }

    @Test
    void names_who_would_not_get_it() throws IOException {
        try (var silent =
                new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
            String request =
                    "GET /ofrep/v1/sse HTTP/1.1\r\nHost: 127.0.0.1\r\nFlags-Client: id=silent;serial=1;state=READY\r\n\r\n";
            silent.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Eventually.until(() -> server.streams() == 1);

            assertThat(drill())
                    .isEqualTo(new Ran(
                            Exit.PROBLEMS,
                            "0 of 1 providers confirmed\nbehind: silent (token anonymous, serial 1, READY)\n",
                            ""));
        }
    }

    @Test
    void says_that_nobody_listens() {
        assertThat(drill())
                .isEqualTo(new Ran(Exit.DONE, "0 of 0 providers confirmed: nobody listens to this server\n", ""));
        assertThat(drill("--json").out()).startsWith("{\"ok\":true,");
    }

    @Test
    void says_that_the_store_cannot_be_written() throws IOException {
        Path audit = directory.resolve("flags.json.audit.jsonl");
        Files.delete(audit);
        Files.createDirectory(audit);

        assertThat(drill()).isEqualTo(new Ran(Exit.PROBLEMS, """
                        0 of 0 providers confirmed: nobody listens to this server
                        the store could not be written: a kill may be refused
                        """, ""));
    }

    @Test
    void says_that_there_is_no_server() {
        server.close();

        assertThat(drill().status()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(shell.run("drill").status()).isEqualTo(Exit.USAGE);
        assertThat(shell.run("drill", "--server", "http://flags.example.com").err())
                .contains("expected an https URL");
    }
}
