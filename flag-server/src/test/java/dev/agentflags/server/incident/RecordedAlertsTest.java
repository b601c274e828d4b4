package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.openfeature.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the alerts that real programs sent come to. Where each was recorded is said beside the files. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class RecordedAlertsTest {

    private static final String DOCUMENT = """
            {"version": 1, "lineage": "l", "serial": 1, "flags": {
              "support_agent": {"status": "on"}, "search_agent": {"status": "on"}, "other_agent": {"status": "on"}
            }}
            """;
    private static final String ALERTS = """
            {"version": 1, "receivers": [
              {"name": "alertmanager", "kind": "alertmanager", "secret_file": "alertmanager.token",
               "flags": ["support_agent", "search_agent"]},
              {"name": "grafana", "kind": "grafana", "secret_file": "grafana.secret",
               "timestamp_header": "X-Grafana-Alerting-Timestamp", "flags": ["support_agent", "other_agent"]},
              {"name": "pagerduty", "kind": "pagerduty", "secret_file": "pagerduty.secret",
               "flags": ["support_agent"], "services": {"PF9KMXH": "support_agent"}}
            ]}
            """;

    @TempDir
    Path directory;

    private Served served;
    private Senders senders;

    @BeforeEach
    void serve() throws IOException {
        Senders.writeSecrets(directory);
        Path alerts = Files.writeString(directory.resolve("alerts.json"), ALERTS);
        served = Served.file(directory, DOCUMENT, options -> options.alerts(alerts));
        senders = new Senders(served);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static Stream<String> files() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/dev/agentflags/server/alert"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Returns what an answer says became of each alert. */
    private static String results(HttpResponse<String> answer) {
        var results = (Sequence) Objects.requireNonNull(
                ((Structure) Served.json(answer.body())).fields().get("results"), answer.body());
        return results.items().stream()
                .map(item -> ((Structure) item).fields())
                .map(fields -> fields.get("flag") + " " + fields.get("result"))
                .map(words -> words.replaceAll("Text\\[value=([^]]*)]", "$1"))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "alertmanager-0.25-firing | support_agent done | support_agent",
                "alertmanager-0.25-two-firing | search_agent done, support_agent done | search_agent support_agent",
                "alertmanager-0.25-one-resolved | search_agent done, support_agent cleared | search_agent",
                "alertmanager-0.25-resolved | search_agent cleared | ''",
                "grafana-11-firing | support_agent done | support_agent",
                "grafana-12-firing | support_agent done | support_agent",
                "grafana-12-resolved | support_agent cleared | ''",
                "grafana-12-mixed | support_agent done, other_agent cleared | support_agent",
                "grafana-12-no-data | support_agent no-data | ''",
                "grafana-12-test | '' | ''",
                "grafana-13-firing | support_agent done | support_agent",
                "grafana-13-test | '' | ''",
                "pagerduty-v3-triggered | support_agent done | support_agent",
                "pagerduty-v3-reopened | support_agent done | support_agent",
                "pagerduty-v3-resolved | support_agent cleared | ''",
                "pagerduty-v3-acknowledged | '' | ''",
                "pagerduty-v3-escalated | '' | ''",
                "pagerduty-v3-annotated | '' | ''",
                "pagerduty-v3-service-created | '' | ''",
                "pagerduty-v3-ping | '' | ''",
            })
    void kill_what_they_name_and_nothing_else(String name, String results, @Nullable String killed) throws Exception {
        HttpResponse<String> answer = senders.recordedBy(name);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(results(answer)).isEqualTo(results);
        assertThat(String.join(" ", served.killed())).isEqualTo(Objects.toString(killed, ""));
    }

    @ParameterizedTest
    @MethodSource("files")
    void revive_nothing(String name) throws Exception {
        for (String key : List.of("support_agent", "search_agent", "other_agent")) {
            served.post("/admin/v1/kill-switches/" + key + "/activate", "{\"reason\": \"by hand\"}");
        }
        String before = served.server.published().text();
        senders.recordedBy(name);

        assertThat(served.server.published().text()).isEqualTo(before);
    }

    @Test
    void without_data_are_recorded() throws Exception {
        senders.recordedBy("grafana-12-no-data");

        Eventually.until(() -> served.audit().contains("\"alert-no-data\""));
    }

    @Test
    void of_grafana_may_have_either_of_the_names_that_it_gives_its_signature() throws Exception {
        String body = Senders.recorded("grafana-12-firing");

        assertThat(senders.grafana(body, "X-Grafana-Alert-Signature").statusCode())
                .isEqualTo(200);
        assertThat(served.killed()).containsExactly("support_agent");
    }

    @Test
    void of_grafana_without_the_label_are_told_what_is_missing() throws Exception {
        String body = Senders.recorded("grafana-12-firing").replace("kill_switch", "flag");
        HttpResponse<String> answer = senders.grafana(body, "X-Grafana-Alerting-Signature");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("kill_switch");
    }

    /** PagerDuty switches a webhook off that is refused again and again, and that of a team tells of all its services. */
    @Test
    void of_pagerduty_for_services_that_stand_for_no_flag_are_taken_and_recorded() throws Exception {
        HttpResponse<String> answer =
                senders.pagerduty(Senders.recorded("pagerduty-v3-triggered").replace("PF9KMXH", "POTHER1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"results\":[{\"flag\":null,\"result\":\"unknown\"}]}");
        assertThat(served.killed()).isEmpty();
        Eventually.until(() -> served.audit().contains("alert-unknown"));
    }

    @Test
    void of_pagerduty_that_end_a_second_time_are_recorded_a_second_time() throws Exception {
        senders.recordedBy("pagerduty-v3-resolved");
        senders.pagerduty(Senders.recorded("pagerduty-v3-reopened").replace("incident.reopened", "incident.resolved"));

        Eventually.until(() -> served.audit().split("alert-cleared", -1).length == 3);
    }
}
