package dev.agentflags.server.alert;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one request says. Immutable.
 *
 * @param alerts those that name a flag, or should
 * @param truncated how many more there are that were not sent
 */
public record Payload(List<Alert> alerts, long truncated) {

    /** Of a request's body. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final String LABEL = "kill_switch";
    private static final String FIRING = "firing";
    private static final String RESOLVED = "resolved";

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
            boolean firing = isFiring(alert, place);
            Structure labels = object(alert, "labels");
            if (labels.fields().get(LABEL) instanceof Text key && !key.value().isEmpty()) {
                alerts.add(Alert.of(
                        key.value(),
                        firing,
                        text(alert, "fingerprint"),
                        text(alert, "startsAt"),
                        summary(alert, labels),
                        text(alert, "generatorURL")));
            }
        }
        long truncated = root.fields().get("truncatedAlerts") instanceof Whole number ? number.value() : 0;
        return new Payload(alerts, truncated);
    }

    private static boolean isFiring(Structure alert, String place) throws PayloadException {
        String status = text(alert, "status");
        if (!status.equals(FIRING) && !status.equals(RESOLVED)) {
            throw new PayloadException(place + "/status: expected firing or resolved");
        }
        return status.equals(FIRING);
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
        boolean firing = type.equals("incident.triggered") || type.equals("incident.reopened");
        if (!firing && !type.equals("incident.resolved")) {
            return new Payload(List.of(), 0);
        }
        Structure incident = object(event, "data");
        String service = text(object(incident, "service"), "id");
        String since = type.equals("incident.reopened") ? text(event, "occurred_at") : text(incident, "created_at");
        return new Payload(
                List.of(Alert.of(
                        services.get(service),
                        firing,
                        text(incident, "id"),
                        since,
                        text(incident, "title"),
                        text(incident, "html_url"))),
                0);
    }

    /** Our own, for scripts: {@code {"kill_switch", "status", "id", "since", "summary", "url"}}. */
    private static Payload signed(Structure root) throws PayloadException {
        boolean firing = isFiring(root, "");
        return new Payload(
                List.of(Alert.of(
                        text(root, LABEL),
                        firing,
                        text(root, "id"),
                        text(root, "since"),
                        text(root, "summary"),
                        text(root, "url"))),
                0);
    }

    private static Structure object(Structure owner, String name) {
        return owner.fields().get(name) instanceof Structure object ? object : new Structure(Map.of());
    }

    private static String text(Structure owner, String name) {
        return owner.fields().get(name) instanceof Text text ? text.value() : "";
    }
}
