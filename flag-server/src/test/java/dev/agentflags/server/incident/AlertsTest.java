package dev.agentflags.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alerts, as the page on operations configures their receivers. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class AlertsTest {

    private static final String DOCUMENT = """
            {"version": 1, "lineage": "l", "serial": 1, "flags": {
              "support_agent": {"status": "on"}, "other": {"status": "on"}
            }}
            """;

    @TempDir
    Path directory;

    private Served served;
    private Senders senders;

    @BeforeEach
    void serve() throws IOException {
        Senders.writeSecrets(directory);
        Path alerts = Files.writeString(directory.resolve("alerts.json"), Snippet.with("json", "\"receivers\""));
        served = Served.file(directory, DOCUMENT, options -> options.alerts(alerts));
        senders = new Senders(served);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private String document() {
        return served.server.published().text();
    }

    @Test
    void of_alertmanager_kill_what_they_name_at_every_provider() throws Exception {
        AgentFlagsProvider provider = served.provider();
        HttpResponse<String> response = senders.alertmanager(Senders.recorded("alertmanager-0.25-firing"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"results\":[{\"flag\":\"support_agent\",\"result\":\"done\",\"changed\":true,\"serial\":2}]}");
        assertThat(document()).contains("25% of turns end in an error", "\"by\": \"alertmanager:alertmanager\"");
        Eventually.until(() ->
                Objects.requireNonNull(provider.snapshot()).evaluator().killed().containsKey("support_agent"));
        assertThat(served.metrics()).contains("agentflags_alerts_total{receiver=\"alertmanager\",result=\"done\"} 1.0");
    }

    @Test
    void pause_a_guarded_rollout_where_that_is_the_action_and_do_not_let_it_go_when_they_are_over() throws Exception {
        served.close();
        Path alerts = Files.writeString(directory.resolve("pausing.json"), """
                {"version": 1, "receivers": [{"name": "alertmanager", "kind": "alertmanager",
                  "secret_file": "alertmanager.token", "flags": ["support_agent"], "action": "pause"}]}
                """);
        served = Served.file(
                directory,
                DOCUMENT.replace(
                        "{\"status\": \"on\"}, \"other\"",
                        "{\"status\": \"percentage\", \"percentage\": 5, \"guard\": {}}, \"other\""),
                options -> options.alerts(alerts));
        senders = new Senders(served);
        String firing = Senders.recorded("alertmanager-0.25-firing");

        assertThat(senders.alertmanager(firing).statusCode()).isEqualTo(200);
        String paused = document();
        assertThat(paused)
                .contains("\"percentage\": 5", "\"paused\"", "\"by\": \"alertmanager:alertmanager\"")
                .doesNotContain("kill_switch");
        assertThat(senders.alertmanager(firing).body()).contains("\"result\":\"repeated\"");
        senders.alertmanager(firing.replace("\"firing\"", "\"resolved\""));
        Eventually.until(() -> served.audit().contains("alert-cleared"));
        assertThat(document()).isEqualTo(paused);
    }

    @Test
    void that_are_over_never_revive_and_are_recorded_once() throws Exception {
        String resolved = Senders.recorded("alertmanager-0.25-firing").replace("\"firing\"", "\"resolved\"");
        senders.alertmanager(Senders.recorded("alertmanager-0.25-firing"));
        String killed = document();
        for (int i = 0; i < 3; i++) {
            assertThat(senders.alertmanager(resolved).statusCode()).isEqualTo(200);
        }

        assertThat(document()).isEqualTo(killed);
        Eventually.until(() -> served.audit().contains("alert-cleared"));
        assertThat(served.audit().split("alert-cleared", -1)).hasSize(2);
    }

    @Test
    void that_last_leave_a_flag_alone_that_somebody_has_revived() throws Exception {
        senders.alertmanager(Senders.recorded("alertmanager-0.25-firing"));
        var revive = HttpRequest.newBuilder(served.uri("/admin/v1/kill-switches/support_agent/deactivate"))
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .POST(BodyPublishers.ofString("{\"reason\": \"mended\"}"));
        assertThat(served.send(revive).statusCode()).isEqualTo(200);
        String revived = document();

        assertThat(senders.alertmanager(Senders.recorded("alertmanager-0.25-firing"))
                        .body())
                .contains("repeated");
        assertThat(document()).isEqualTo(revived);
    }

    @Test
    void for_other_flags_are_forbidden_and_for_no_flag_unknown_and_both_recorded() throws Exception {
        String forbidden = Senders.recorded("alertmanager-0.25-firing").replace("\"support_agent\"", "\"other\"");
        String unknown = Senders.recorded("alertmanager-0.25-firing").replace("\"support_agent\"", "\"a b\"");

        assertThat(senders.alertmanager(forbidden).statusCode()).isEqualTo(403);
        assertThat(senders.alertmanager(unknown).statusCode()).isEqualTo(422);
        assertThat(senders.alertmanager("{\"alerts\":[]}").statusCode()).isEqualTo(422);
        Eventually.until(() ->
                served.audit().contains("alert-forbidden") && served.audit().contains("alert-unknown"));
        assertThat(document()).isEqualTo(DOCUMENT);
    }

    @Test
    void without_proof_do_nothing() throws Exception {
        String body = Senders.recorded("alertmanager-0.25-firing");

        assertThat(served.post("/hooks/v1/alertmanager", body).statusCode()).isEqualTo(401);
        assertThat(served.post("/hooks/v1/alertmanager", body, "Authorization", "Bearer no")
                        .statusCode())
                .isEqualTo(401);
        assertThat(served.post("/hooks/v1/pagerduty", body, "X-PagerDuty-Signature", "v1=" + "0".repeat(64))
                        .statusCode())
                .isEqualTo(401);
        assertThat(served.post("/hooks/v1/nobody", body).statusCode()).isEqualTo(404);
        assertThat(document()).isEqualTo(DOCUMENT);
    }

    @Test
    void of_grafana_only_say_what_they_would_do_while_it_observes() throws Exception {
        String body = Senders.recorded("grafana-12-firing");
        HttpResponse<String> response = senders.grafana(body, "X-Grafana-Alerting-Signature");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("observed");
        Eventually.until(() -> served.audit().contains("alert-observed"));
        assertThat(document()).isEqualTo(DOCUMENT);
    }

    @Test
    void of_grafana_are_proved_as_the_page_has_it_configured() throws Exception {
        String page = Snippet.of("yaml", "contact-points.yml");
        String body = Senders.recorded("grafana-12-firing");
        String time = Senders.now();
        HttpResponse<String> response = served.post(
                setting(page, "url").replace("https://flags.example.com", ""),
                body,
                setting(page, "timestampHeader"),
                time,
                setting(page, "header"),
                Senders.hmac(time + ":" + body));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static String setting(String yaml, String name) {
        return yaml.replaceAll("(?s).*\\b" + name + ": (\\S+).*", "$1");
    }

    @Test
    void of_pagerduty_are_those_that_the_page_subscribes_to() throws Exception {
        String page = Snippet.with("json", "\"webhook_subscription\"");

        assertThat(page).contains("https://flags.example.com/hooks/v1/pagerduty", "\"id\": \"PF9KMXH\"");
        for (String name : new String[] {"triggered", "reopened", "resolved"}) {
            String body = Senders.recorded("pagerduty-v3-" + name);
            assertThat(page).contains("\"incident." + name + "\"");
            assertThat(senders.pagerduty(body).body()).contains("\"flag\":\"support_agent\"");
        }
    }

    @Test
    void of_pagerduty_kill_what_their_service_stands_for() throws Exception {
        String body = Senders.recorded("pagerduty-v3-triggered");

        assertThat(senders.pagerduty(body).statusCode()).isEqualTo(200);
        assertThat(document()).contains("The support agent promises refunds");
    }

    @Test
    void of_our_own_form_count_once_and_may_stop_everything_where_that_is_allowed() throws Exception {
        String body = "{\"kill_switch\": \"*\", \"status\": \"firing\", \"id\": \"1\", \"summary\": \"stop\"}";
        String time = Senders.now();

        assertThat(senders.script(body, time).statusCode()).isEqualTo(200);
        assertThat(senders.script(body, time).statusCode()).isEqualTo(409);
        assertThat(senders.script(body, "" + (Instant.now().getEpochSecond() - 400))
                        .statusCode())
                .isEqualTo(401);
        assertThat(document()).contains("\"reason\": \"stop (alert 1)\"");
    }

    @Test
    void can_be_sent_with_the_commands_of_the_page() throws Exception {
        Files.writeString(directory.resolve("kill.sh"), Snippet.of("sh", "kill.sh"));
        var builder = new ProcessBuilder("sh", "kill.sh").directory(directory.toFile());
        builder.environment().put("AGENTFLAGS_URL", served.server.uri().toString());
        Process process = builder.redirectErrorStream(true).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.exitValue()).as(said).isZero();
        assertThat(document()).contains("promises refunds");
    }

    @Test
    void that_are_too_large_or_no_json_are_refused() {
        assertThat(senders.alertmanager(" ".repeat(1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
        assertThat(senders.alertmanager("[]").statusCode()).isEqualTo(400);
        assertThat(senders.alertmanager("{\"alerts\":[],\"alerts\":[]}").statusCode())
                .isEqualTo(400);
        assertThat(senders.alertmanager("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void with_text_that_is_a_trap_stay_text_on_one_line() throws Exception {
        String body =
                "{\"kill_switch\": \"support_agent\", \"status\": \"firing\", \"id\": \"1\", \"summary\": \"a\\nb \\u001b[31m<img onerror=x>"
                        + "x".repeat(10_000) + "\"}";
        senders.script(body, Senders.now());

        assertThat(document())
                .contains("a b  [31m<img onerror=x>")
                .doesNotContain("\\n")
                .doesNotContain("\\u001b");
        assertThat(document()).hasSizeLessThan(DOCUMENT.length() + 800);
    }

    @Test
    void are_to_be_sent_again_where_the_store_is_down_and_then_kill() throws Exception {
        String body = Senders.recorded("alertmanager-0.25-firing");
        Path file = directory.resolve("flags.json");
        String text = Files.readString(file);
        Files.delete(file);
        assertThat(senders.alertmanager(body).statusCode()).isEqualTo(503);
        Files.writeString(file, text);

        assertThat(senders.alertmanager(body).statusCode()).isEqualTo(200);
        assertThat(document()).contains("25% of turns");
    }

    @Test
    void that_are_over_are_to_be_sent_again_where_that_cannot_be_recorded() throws Exception {
        String resolved = Senders.recorded("alertmanager-0.25-firing").replace("\"firing\"", "\"resolved\"");
        Path audit = served.breakAudit(directory);
        HttpResponse<String> refused = senders.alertmanager(resolved);
        Files.delete(audit);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("unavailable");
        assertThat(senders.alertmanager(resolved).body()).contains("cleared");
        assertThat(served.audit()).contains("alert-cleared");
    }

    @Test
    void kill_although_that_cannot_be_recorded() throws Exception {
        served.breakAudit(directory);

        assertThat(senders.alertmanager(Senders.recorded("alertmanager-0.25-firing"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(document()).contains("25% of turns");
    }

    @Test
    void of_a_receiver_are_let_in_with_the_next_secret_while_secrets_change() throws Exception {
        String body = Senders.recorded("alertmanager-0.25-firing");
        String next = "next-0123456789abcdef";
        Files.writeString(directory.resolve("alertmanager.token"), Senders.SECRET + "\n" + next + "\n");

        Eventually.until(() -> served.post("/hooks/v1/alertmanager", body, "Authorization", "Bearer " + next)
                        .statusCode()
                == 200);
        Files.writeString(directory.resolve("alertmanager.token"), next + "\n");
        Eventually.until(() -> senders.alertmanager(body).statusCode() == 401);
    }
}
