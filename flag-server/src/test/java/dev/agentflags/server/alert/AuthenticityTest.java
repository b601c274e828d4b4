package dev.agentflags.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticityTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);
    private static final String SECRET = "0123456789abcdef-one";
    private static final String NEXT = "0123456789abcdef-two";
    private static final byte[] BODY = "{\"alerts\":[]}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Receiver receiver(String fields) throws IOException {
        Files.writeString(directory.resolve("secret"), SECRET + "\n" + NEXT + "\n");
        String json = "{'version':1,'receivers':[{'name':'r','flags':['a'],%s}]}".formatted(fields);
        return Receivers.parse(json.replace('\'', '"'), directory).all().get(0);
    }

    private Authenticity look(Receiver receiver, byte[] body) throws IOException {
        return Authenticity.of(receiver, Secrets.of(receiver), headers::get, body, NOW);
    }

    static String hmac(String secret, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(Receiver receiver, byte[] body) throws IOException {
        Authenticity authenticity = look(receiver, body);

        assertThat(authenticity.refusal()).isNotNull().doesNotContain(SECRET).doesNotContain(NEXT);
        assertThat(authenticity.once()).isNull();
    }

    private void assertProved(Receiver receiver) throws IOException {
        assertThat(look(receiver, BODY).refusal()).isNull();
    }

    @Test
    void of_alertmanager_is_one_of_the_tokens() throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("third".getBytes(StandardCharsets.UTF_8)));
        Receiver receiver = receiver("'kind':'alertmanager','secret_file':'secret','token_sha256':['" + hash + "']");
        for (String token : new String[] {SECRET, NEXT, "third"}) {
            headers.put("Authorization", "Bearer " + token);
            assertProved(receiver);
        }
        for (String wrong : new String[] {"Bearer other", "Bearer ", SECRET, "Basic " + SECRET, "Bearer " + hash}) {
            headers.put("Authorization", wrong);
            assertRefused(receiver, BODY);
        }
        headers.clear();
        assertRefused(receiver, BODY);
    }

    @Test
    void of_grafana_is_a_bare_signature_of_the_body_or_a_token() throws Exception {
        Receiver receiver = receiver("'kind':'grafana','secret_file':'secret'");
        headers.put("X-Grafana-Alerting-Signature", hmac(SECRET, "", BODY));
        assertProved(receiver);
        assertThat(look(receiver, BODY).once()).isNull();
        headers.put("X-Grafana-Alerting-Signature", "sha256=" + hmac(SECRET, "", BODY));
        assertRefused(receiver, BODY);
        headers.clear();
        headers.put("Authorization", "bearer " + SECRET);
        assertProved(receiver);
    }

    @Test
    void of_grafana_is_where_its_manual_says_and_where_it_puts_it_by_itself() throws Exception {
        Receiver receiver = receiver("'kind':'grafana','secret_file':'secret'");
        assertThat(look(receiver, BODY).refusal())
                .contains("X-Grafana-Alerting-Signature or X-Grafana-Alert-Signature, or a token");
        headers.put("X-Grafana-Alert-Signature", hmac(SECRET, "", BODY));
        assertProved(receiver);
        headers.put("X-Grafana-Alerting-Signature", hmac("0123456789abcdef-off", "", BODY));
        assertRefused(receiver, BODY);
    }

    @Test
    void of_grafana_covers_the_time_where_there_is_a_header_for_it() throws Exception {
        Receiver receiver = receiver("'kind':'grafana','secret_file':'secret','timestamp_header':'X-Time'");
        String time = "" + NOW.getEpochSecond();
        headers.put("X-Grafana-Alerting-Signature", hmac(SECRET, time + ":", BODY));
        headers.put("X-Time", time);
        assertProved(receiver);
        headers.put("X-Time", "" + (NOW.getEpochSecond() + 1));
        assertRefused(receiver, BODY);
        headers.remove("X-Time");
        assertRefused(receiver, BODY);
    }

    @Test
    void of_pagerduty_is_one_of_several_signatures_while_secrets_change() throws Exception {
        Receiver receiver = receiver("'kind':'pagerduty','secret_file':'secret','services':{'P':'a'}");
        String good = "v1=" + hmac(NEXT, "", BODY);
        String bad = "v1=" + hmac("0123456789abcdef-off", "", BODY);
        for (String right : new String[] {good, bad + "," + good, good + ", " + bad, "v2=00," + good}) {
            headers.put("X-PagerDuty-Signature", right);
            assertProved(receiver);
        }
        for (String wrong : new String[] {bad, "", "v1=", "v2=" + good.substring(3), good.substring(3)}) {
            headers.put("X-PagerDuty-Signature", wrong);
            assertRefused(receiver, BODY);
        }
    }

    /** What PagerDuty sent with a secret that somebody has published since; the file's README says where. */
    @Test
    void of_pagerduty_is_what_pagerduty_made() throws Exception {
        Receiver receiver = receiver("'kind':'pagerduty','secret_file':'secret','services':{'P':'a'}");
        Files.writeString(
                directory.resolve("secret"), "HvPtlQNKMPpHSSqJpCdndXfo7HnGXa1pnH6w5axpxLFn9aRBNBGh4e8/HlonK5mz\n");
        byte[] body = PayloadTest.recorded("pagerduty-v3-ping");
        String signature = "v1=0e83584cbab86f98c51517cf96a70c90e910532d3d2f067d58c753cc8980a05";
        headers.put("X-PagerDuty-Signature", signature + "b");
        assertThat(look(receiver, body).refusal()).isNull();

        headers.put("X-PagerDuty-Signature", signature + "c");
        assertThat(look(receiver, body).refusal()).isNotNull();
    }

    @Test
    void ends_where_one_byte_of_the_body_is_another() throws Exception {
        Receiver receiver = receiver("'kind':'pagerduty','secret_file':'secret','services':{'P':'a'}");
        headers.put("X-PagerDuty-Signature", "v1=" + hmac(SECRET, "", BODY));
        for (int i = 0; i < BODY.length; i++) {
            byte[] changed = BODY.clone();
            changed[i] ^= 1;
            assertRefused(receiver, changed);
        }
    }

    @Test
    void of_our_own_form_is_a_signature_of_time_and_body_that_counts_once() throws Exception {
        Receiver receiver = receiver("'kind':'signed','secret_file':'secret'");
        String time = "" + (NOW.getEpochSecond() - 299);
        headers.put("X-Agentflags-Timestamp", time);
        headers.put("X-Agentflags-Signature", "v1=" + hmac(SECRET, time + ":", BODY));
        String once = look(receiver, BODY).once();
        assertThat(once).startsWith(time);

        headers.put("X-Agentflags-Signature", "v1=" + hmac(NEXT, time + ":", BODY));
        assertThat(look(receiver, BODY).once()).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-301", "301", "99999999999", "x", ""})
    void is_none_five_minutes_from_now(String offset) throws Exception {
        Receiver receiver = receiver("'kind':'signed','secret_file':'secret'");
        String time = offset.matches("-?[0-9]{1,3}") ? "" + (NOW.getEpochSecond() + Integer.parseInt(offset)) : offset;
        headers.put("X-Agentflags-Timestamp", time);
        headers.put("X-Agentflags-Signature", "v1=" + hmac(SECRET, time + ":", BODY));

        assertRefused(receiver, BODY);
    }

    @Test
    void needs_secrets_that_cannot_be_guessed() throws Exception {
        Receiver receiver = receiver("'kind':'signed','secret_file':'secret'");
        for (String bad : new String[] {"", "\n\n", "short\n", SECRET + "\nshort\n"}) {
            Files.writeString(directory.resolve("secret"), bad);
            assertThatThrownBy(() -> Secrets.of(receiver))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("16 characters")
                    .message()
                    .doesNotContain("short");
        }
        Files.writeString(directory.resolve("secret"), SECRET);
        assertThat(Objects.toString(Secrets.of(receiver))).doesNotContain(SECRET);
    }
}
