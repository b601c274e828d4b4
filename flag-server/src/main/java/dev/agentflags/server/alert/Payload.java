package dev.agentflags.server.alert;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.server.alert.Alert.State;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one request says. Immutable.
 *
 * @param alerts those that name a flag, or should
 * @param truncated how many more there are that were not sent
 * @param unlabelled whether alerts should name a flag, and none does
 */
public record Payload(List<Alert> alerts, long truncated, boolean unlabelled) {

    /** Of a request's body. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** Names the flag. */
    public static final String LABEL = "kill_switch";

    /** Grafana's names for alerts of its own: a rule had nothing to go by. The rule's labels are theirs, too. */
    private static final Set<String> NO_DATA = Set.of("DatasourceNoData", "DatasourceError");

    /** Which such an alert has, and no other: the rule. */
    private static final String NO_DATA_RULE = "rulename";

    public Payload {
        alerts = List.copyOf(alerts);
    }

    /**
     * Reads a request.
     *
     * @throws PayloadException if it is not what such a receiver is sent
     */
    public static Payload read(Receiver receiver, byte[] body) throws PayloadException {
        Structure root = json(body);
        return switch (receiver.kind()) {
            case ALERTMANAGER, GRAFANA -> alertmanager(root);
            case PAGERDUTY -> pagerDuty(root, receiver.services());
            case SIGNED -> signed(root);
        };
    }

    private static Structure json(byte[] body) throws PayloadException {
        if (body.length > MAX_BYTES) {
            throw new PayloadException("expected at most %,d bytes".formatted(MAX_BYTES));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (JsonText.read(text) instanceof Structure object) {
                return object;
            }
        } catch (CharacterCodingException | DocumentException | IllegalArgumentException e) {
            // told below, without what was found
        }
        throw new PayloadException("expected a JSON object in UTF-8");
    }

    /** Version 4 of Alertmanager's, which Grafana sends, too, with more fields and a number of its own. */
    private static Payload alertmanager(Structure root) throws PayloadException {
        if (!(root.fields().get("alerts") instanceof Sequence list)) {
            throw new PayloadException("/alerts: expected a list");
        }
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String place = "/alerts/" + i;
            if (!(list.items().get(i) instanceof Structure alert)) {
                throw new PayloadException(place + ": expected an object");
            }
            State state = state(alert, place);
            Structure labels = object(alert, "labels");
            if (labels.fields().get(LABEL) instanceof Text key && !key.value().isEmpty()) {
                alerts.add(Alert.of(
                        key.value(),
                        state == State.FIRING && isWithoutData(labels) ? State.NO_DATA : state,
                        text(alert, "fingerprint"),
                        text(alert, "startsAt"),
                        summary(alert, labels),
                        text(alert, "generatorURL")));
            }
        }
        long truncated = root.fields().get("truncatedAlerts") instanceof Whole number ? number.value() : 0;
        return new Payload(alerts, truncated, alerts.isEmpty() && !isTest(list));
    }

    private static State state(Structure alert, String place) throws PayloadException {
        return switch (text(alert, "status")) {
            case "firing" -> State.FIRING;
            case "resolved" -> State.RESOLVED;
            default -> throw new PayloadException(place + "/status: expected firing or resolved");
        };
    }

    private static boolean isWithoutData(Structure labels) {
        return NO_DATA.contains(text(labels, "alertname")) && labels.fields().containsKey(NO_DATA_RULE);
    }

    /** Whether Grafana's button "Test" was pressed, which sends an alert that is about nothing. */
    private static boolean isTest(Sequence alerts) {
        return !alerts.items().isEmpty()
                && alerts.items().stream()
                        .map(alert -> object((Structure) alert, "labels"))
                        .allMatch(labels -> text(labels, "alertname").equals("TestAlert")
                                && text(labels, "instance").equals("Grafana"));
    }

    private static String summary(Structure alert, Structure labels) {
        Structure annotations = object(alert, "annotations");
        String summary = text(annotations, "summary");
        String description = summary.isEmpty() ? text(annotations, "description") : summary;
        return description.isEmpty() ? text(labels, "alertname") : description;
    }

    /** Version 3; of an incident only that it began or ended matters, all else is passed over. */
    private static Payload pagerDuty(Structure root, Map<String, String> services) throws PayloadException {
        if (!(root.fields().get("event") instanceof Structure event)) {
            throw new PayloadException("/event: expected an object");
        }
        String type = text(event, "event_type");
        State state = switch (type) {
            case "incident.triggered", "incident.reopened" -> State.FIRING;
            case "incident.resolved" -> State.RESOLVED;
            default -> null;
        };
        if (state == null) {
            return new Payload(List.of(), 0, false);
        }
        Structure incident = object(event, "data");
        return of(Alert.of(
                services.get(text(object(incident, "service"), "id")),
                state,
                text(incident, "id"),
                since(event, incident),
                text(incident, "title"),
                text(incident, "html_url")));
    }

    /** When an incident began, or began again: older ones do not say the latter, other than by the event. */
    private static String since(Structure event, Structure incident) {
        String reopened = text(incident, "reopened_at");
        if (!reopened.isEmpty()) {
            return reopened;
        }
        return text(event, "event_type").equals("incident.reopened")
                ? text(event, "occurred_at")
                : text(incident, "created_at");
    }

    /** Our own, for scripts: {@code {"kill_switch", "status", "id", "since", "summary", "url"}}. */
    private static Payload signed(Structure root) throws PayloadException {
        return of(Alert.of(
                text(root, LABEL),
                state(root, ""),
                text(root, "id"),
                text(root, "since"),
                text(root, "summary"),
                text(root, "url")));
    }

    private static Payload of(Alert alert) {
        return new Payload(List.of(alert), 0, false);
    }

    private static Structure object(Structure owner, String name) {
        return owner.fields().get(name) instanceof Structure object ? object : new Structure(Map.of());
    }

    private static String text(Structure owner, String name) {
        return owner.fields().get(name) instanceof Text text ? text.value() : "";
    }
}
