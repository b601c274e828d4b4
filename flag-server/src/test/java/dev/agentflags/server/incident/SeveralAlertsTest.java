package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.server.store.FileFlagStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One request with alerts of several flags. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class SeveralAlertsTest {

    private static final String DOCUMENT = """
            {"version": 1, "lineage": "l", "serial": 1, "flags": {
              "a": {"status": "on"}, "b": {"status": "on"}, "c": {"status": "on"}
            }}
            """;

    @TempDir
    Path directory;

    private FailingStore store;
    private Served served;
    private Senders senders;

    @BeforeEach
    void serve() throws IOException {
        Senders.writeSecrets(directory);
        Path alerts = Files.writeString(directory.resolve("alerts.json"), """
                {"version": 1, "receivers": [{"name": "alertmanager", "kind": "alertmanager",
                  "secret_file": "alertmanager.token", "flags": ["a", "b", "c"]}]}
                """);
        Path file = Files.writeString(directory.resolve("flags.json"), DOCUMENT);
        store = new FailingStore(FileFlagStore.of(file));
        served = Served.of(store, options -> options.alerts(alerts));
        senders = new Senders(served);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static String firing(int truncated, String... keys) {
        return Stream.of(keys)
                .map(
                        "{\"status\": \"firing\", \"labels\": {\"kill_switch\": \"%1$s\"}, \"fingerprint\": \"%1$s\"}"
                                ::formatted)
                .collect(Collectors.joining(
                        ",", "{\"version\": \"4\", \"alerts\": [", "], \"truncatedAlerts\": " + truncated + "}"));
    }

    /** Returns the keys in the audit trail, one for each entry. */
    private List<String> audited() throws IOException {
        return store.audit().stream()
                .map(entry -> entry.operation() + " " + entry.flag())
                .toList();
    }

    @Test
    void of_which_one_cannot_be_done_kill_the_others_and_are_to_be_sent_again() throws IOException {
        store.failing.add("b");
        HttpResponse<String> answer = senders.alertmanager(firing(0, "a", "b", "c"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"results\":["
                        + "{\"flag\":\"a\",\"result\":\"done\",\"changed\":true,\"serial\":2},"
                        + "{\"flag\":\"b\",\"result\":\"unavailable\"},"
                        + "{\"flag\":\"c\",\"result\":\"done\",\"changed\":true,\"serial\":3}]}");
        assertThat(served.killed()).containsExactly("a", "c");
        assertThat(audited()).containsExactly("kill a", "kill c");
    }

    @Test
    void that_are_sent_again_do_only_what_was_not_done() throws IOException {
        store.failing.add("b");
        senders.alertmanager(firing(0, "a", "b", "c"));
        HttpResponse<String> again = senders.alertmanager(firing(0, "a", "b", "c"));
        store.failing.clear();
        HttpResponse<String> last = senders.alertmanager(firing(0, "a", "b", "c"));

        assertThat(again.statusCode()).isEqualTo(503);
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(last.body())
                .isEqualTo("{\"results\":[{\"flag\":\"a\",\"result\":\"repeated\"},"
                        + "{\"flag\":\"b\",\"result\":\"done\",\"changed\":true,\"serial\":4},"
                        + "{\"flag\":\"c\",\"result\":\"repeated\"}]}");
        assertThat(served.killed()).containsExactly("a", "b", "c");
        assertThat(audited()).containsExactly("kill a", "kill c", "kill b");
    }

    @Test
    void of_which_the_sender_has_left_some_out_are_warned_of() throws Exception {
        served.close();
        Path out = directory.resolve("out.txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Logged.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(out)
                .content()
                .containsOnlyOnce("left out")
                .contains("warning: alertmanager:alertmanager: 3 alerts were left out of a request");
    }

    /** A process that logs, as tests do not. */
    static final class Logged {

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            try (Served served = Served.of(
                    FileFlagStore.of(directory.resolve("flags.json")),
                    options -> options.alerts(directory.resolve("alerts.json")))) {
                Senders senders = new Senders(served);
                senders.alertmanager(firing(3, "a"));
                senders.alertmanager(firing(0, "b"));
            }
        }
    }
}
