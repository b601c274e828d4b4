package dev.agentflags.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.server.alert.Alert.State;
import dev.agentflags.server.alert.Receiver.Action;
import dev.agentflags.server.alert.Receiver.Kind;
import dev.agentflags.server.alert.Receiver.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    static Receiver receiver(Kind kind) {
        return new Receiver(
                "test",
                kind,
                List.of(),
                null,
                List.of("X-Signature"),
                null,
                Set.of("support_agent"),
                Mode.ENFORCE,
                Action.KILL,
                20,
                kind == Kind.PAGERDUTY ? Map.of("PF9KMXH", "support_agent") : Map.of());
    }

    static byte[] recorded(String name) throws IOException {
        try (var in = Objects.requireNonNull(PayloadTest.class.getResourceAsStream(name + ".json"))) {
            return in.readAllBytes();
        }
    }

    private static Payload read(Kind kind, String body) throws PayloadException {
        return Payload.read(receiver(kind), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void is_read_as_alertmanager_sends_it() throws Exception {
        Payload payload = Payload.read(receiver(Kind.ALERTMANAGER), recorded("alertmanager-0.25-firing"));

        assertThat(payload)
                .isEqualTo(new Payload(
                        List.of(
                                new Alert(
                                        "support_agent",
                                        State.FIRING,
                                        "1d2e25025c4224e9@2026-11-23T01:37:29.011Z",
                                        "support_agent: 25% of turns end in an error (http://prometheus.example.com:9090/graph?g0.expr=agent_turn_error_ratio+%3E+0.1&g0.tab=1, alert 1d2e25025c4224e9)")),
                        0,
                        false));
    }

    @Test
    void has_every_alert_of_a_group_of_which_some_are_over() throws Exception {
        Payload payload = Payload.read(receiver(Kind.ALERTMANAGER), recorded("alertmanager-0.25-one-resolved"));

        assertThat(payload.alerts())
                .extracting(Alert::key, Alert::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("search_agent", State.FIRING),
                        org.assertj.core.groups.Tuple.tuple("support_agent", State.RESOLVED));
    }

    @Test
    void keeps_an_alerts_identity_while_it_lasts() throws Exception {
        Alert alone = Payload.read(receiver(Kind.ALERTMANAGER), recorded("alertmanager-0.25-firing"))
                .alerts()
                .get(0);

        assertThat(Payload.read(receiver(Kind.ALERTMANAGER), recorded("alertmanager-0.25-two-firing"))
                        .alerts())
                .extracting(Alert::identity)
                .contains(alone.identity())
                .hasSize(2);
    }

    @Test
    void is_read_as_grafana_sends_it() throws Exception {
        assertThat(Payload.read(receiver(Kind.GRAFANA), recorded("grafana-12-firing"))
                        .alerts())
                .containsExactly(
                        new Alert(
                                "support_agent",
                                State.FIRING,
                                "7d0c3ee8ae1b5a3d@2026-11-20T10:15:00Z",
                                "A quarter of all turns end in an error (https://grafana.example.com/alerting/grafana/ads8qkc0mjo5ca/view?orgId=1, alert 7d0c3ee8ae1b5a3d)"));
    }

    @Test
    void is_read_as_pagerduty_sends_it_by_its_services() throws Exception {
        assertThat(Payload.read(receiver(Kind.PAGERDUTY), recorded("pagerduty-v3-triggered"))
                        .alerts())
                .containsExactly(
                        new Alert(
                                "support_agent",
                                State.FIRING,
                                "Q2CKYRLH85UNN4@2026-11-20T10:15:00Z",
                                "The support agent promises refunds (https://example.pagerduty.com/incidents/Q2CKYRLH85UNN4, alert Q2CKYRLH85UNN4)"));
    }

    @Test
    void tells_an_alert_without_data_by_the_label_that_only_such_have() throws Exception {
        String body = new String(recorded("grafana-12-no-data"), StandardCharsets.UTF_8);

        for (String name : new String[] {"DatasourceNoData", "DatasourceError"}) {
            assertThat(read(Kind.GRAFANA, body.replace("DatasourceNoData", name))
                            .alerts())
                    .extracting(Alert::key, Alert::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("support_agent", State.NO_DATA));
        }
        assertThat(read(Kind.GRAFANA, body.replace("\"rulename\"", "\"rule\"")).alerts())
                .extracting(Alert::state)
                .containsExactly(State.FIRING);
        assertThat(read(Kind.GRAFANA, body.replace("\"firing\"", "\"resolved\""))
                        .alerts())
                .extracting(Alert::state)
                .containsExactly(State.RESOLVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pagey.ping", "incident.acknowledged", "incident.escalated", "service.updated"})
    void passes_over_what_pagerduty_says_beside_that(String type) throws Exception {
        String body = new String(recorded("pagerduty-v3-triggered"), StandardCharsets.UTF_8)
                .replace("incident.triggered", type);

        assertThat(read(Kind.PAGERDUTY, body).alerts()).isEmpty();
    }

    @Test
    void names_no_flag_where_the_service_is_not_known() throws Exception {
        String body =
                new String(recorded("pagerduty-v3-triggered"), StandardCharsets.UTF_8).replace("PF9KMXH", "POTHER");

        assertThat(read(Kind.PAGERDUTY, body).alerts()).extracting(Alert::key).containsOnlyNulls();
    }

    @Test
    void is_read_in_our_own_form() throws Exception {
        String body = """
                {"kill_switch": "*", "status": "firing", "id": "4711", "since": "today", "summary": "stop", "url": "https://x.example"}
                """;

        assertThat(read(Kind.SIGNED, body).alerts())
                .containsExactly(new Alert("*", State.FIRING, "4711@today", "stop (https://x.example, alert 4711)"));
    }

    @Test
    void passes_over_alerts_without_the_label() throws Exception {
        assertThat(read(
                        Kind.ALERTMANAGER,
                        "{\"alerts\":[{\"status\":\"firing\",\"labels\":{}}],\"truncatedAlerts\":3}"))
                .isEqualTo(new Payload(List.of(), 3, true));
    }

    @Test
    void keeps_a_reason_on_one_line_and_short_whatever_the_alert_says() throws Exception {
        String summary = "one\\ntwo\\u001b[31m\\u202egnorw\\u0000" + "🙂".repeat(5_000);
        Alert alert = read(
                        Kind.SIGNED,
                        "{\"kill_switch\":\"a\",\"status\":\"firing\",\"id\":\"1\\r\\n2\",\"summary\":\"" + summary
                                + "\",\"url\":\"javascript:alert(1)\"}")
                .alerts()
                .get(0);

        assertThat(alert.reason())
                .startsWith("one two [31m gnorw 🙂")
                .endsWith("… (alert 1 2)")
                .doesNotContain("javascript")
                .hasSizeLessThan(520);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(alert.reason()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a b", "a\\u0000", "<img onerror=x>", "**"})
    void names_no_flag_where_the_label_cannot_be_a_key(String label) throws Exception {
        assertThat(read(Kind.SIGNED, "{\"kill_switch\":\"" + label + "\",\"status\":\"firing\"}")
                        .alerts())
                .extracting(Alert::key)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void is_refused_where_it_is_something_else(Kind kind) {
        for (String body :
                List.of("", "null", "[]", "{}", "{\"alerts\":[1]}", "{\"status\":\"on\"}", "{\"event\":1}")) {
            assertThatThrownBy(() -> read(kind, body))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void is_refused_beyond_a_megabyte() {
        assertThatThrownBy(() -> read(Kind.SIGNED, " ".repeat(Payload.MAX_BYTES + 1)))
                .hasMessageContaining("1,048,576");
    }
}
