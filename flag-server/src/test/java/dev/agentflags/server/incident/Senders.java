package dev.agentflags.server.incident;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Those who send alerts, each with its own proof. All know one secret. */
record Senders(Served served) {

    static final String SECRET = "0123456789abcdef0123";

    /** Writes the files that the page on operations keeps secrets in. */
    static void writeSecrets(Path directory) throws IOException {
        for (String name : new String[] {"alertmanager.token", "grafana.secret", "pagerduty.secret", "script.secret"}) {
            Files.writeString(directory.resolve(name), SECRET + "\n");
        }
    }

    /** Returns an alert as a program sent it. */
    static String recorded(String name) throws IOException {
        try (var in = Objects.requireNonNull(
                Senders.class.getResourceAsStream("/dev/agentflags/server/alert/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String now() {
        return "" + Instant.now().getEpochSecond();
    }

    static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    HttpResponse<String> alertmanager(String body) {
        return served.post("/hooks/v1/alertmanager", body, "Authorization", "Bearer " + SECRET);
    }

    HttpResponse<String> grafana(String body, String signatureHeader) throws GeneralSecurityException {
        String time = now();
        return served.post(
                "/hooks/v1/grafana",
                body,
                "X-Grafana-Alerting-Timestamp",
                time,
                signatureHeader,
                hmac(time + ":" + body));
    }

    HttpResponse<String> pagerduty(String body) throws GeneralSecurityException {
        return served.post("/hooks/v1/pagerduty", body, "X-PagerDuty-Signature", "v1=" + hmac(body));
    }

    HttpResponse<String> script(String body, String time) throws GeneralSecurityException {
        return served.post(
                "/hooks/v1/script",
                body,
                "X-Agentflags-Timestamp",
                time,
                "X-Agentflags-Signature",
                "v1=" + hmac(time + ":" + body));
    }

    /** Sends what was recorded, in the way of the program that sent it. */
    HttpResponse<String> recordedBy(String name) throws IOException, GeneralSecurityException {
        String body = recorded(name);
        return switch (name.replaceAll("-.*", "")) {
            case "alertmanager" -> alertmanager(body);
            case "grafana" -> grafana(body, "X-Grafana-Alerting-Signature");
            case "pagerduty" -> pagerduty(body);
            default -> throw new AssertionError(name);
        };
    }
}
