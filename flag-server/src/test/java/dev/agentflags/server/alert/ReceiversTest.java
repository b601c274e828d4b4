package dev.agentflags.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.server.alert.Receiver.Action;
import dev.agentflags.server.alert.Receiver.Kind;
import dev.agentflags.server.alert.Receiver.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiversTest {

    private static final String HASH = "0".repeat(64);

    private static Receivers parse(String receivers) {
        return Receivers.parse(
                ("{'version':1,'receivers':[" + receivers + "]}").replace('\'', '"'), Path.of("/etc/agentflags"));
    }

    @Test
    void have_defaults() {
        assertThat(parse("{'name':'am','kind':'alertmanager','token_sha256':['" + HASH + "'],'flags':['a','*']}")
                        .named("am"))
                .isEqualTo(new Receiver(
                        "am",
                        Kind.ALERTMANAGER,
                        List.of(HASH),
                        null,
                        List.of("X-Agentflags-Signature"),
                        null,
                        Set.of("a", "*"),
                        Mode.ENFORCE,
                        Action.KILL,
                        20,
                        Map.of()));
    }

    @Test
    void say_everything() {
        assertThat(parse("""
                                {"name": "g", "kind": "grafana", "secret_file": "g.secret", "signature_header": "X-S",
                                 "timestamp_header": "X-T", "flags": ["a"], "mode": "observe", "action": "roll_back",
                                 "max_switches_per_hour": 3},
                                {"name": "p", "kind": "pagerduty", "secret_file": "p.secret", "flags": ["a"], "services": {"P1": "a"}}
                                """).all())
                .containsExactly(
                        new Receiver(
                                "g",
                                Kind.GRAFANA,
                                List.of(),
                                Path.of("/etc/agentflags/g.secret"),
                                List.of("X-S"),
                                "X-T",
                                Set.of("a"),
                                Mode.OBSERVE,
                                Action.ROLL_BACK,
                                3,
                                Map.of()),
                        new Receiver(
                                "p",
                                Kind.PAGERDUTY,
                                List.of(),
                                Path.of("/etc/agentflags/p.secret"),
                                List.of("X-PagerDuty-Signature"),
                                null,
                                Set.of("a"),
                                Mode.ENFORCE,
                                Action.KILL,
                                20,
                                Map.of("P1", "a")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'signed'} | /receivers/0/name",
                "{'name':'A','kind':'signed'} | /receivers/0/name",
                "{'name':'a','kind':'email'} | /receivers/0/kind: expected one of [alertmanager, grafana, pagerduty, signed]",
                "{'name':'a','kind':'signed','secret_file':'s'} | /receivers/0/flags: expected at least one",
                "{'name':'a','kind':'signed','flags':['a']} | expected secret_file and no token_sha256",
                "{'name':'a','kind':'alertmanager','flags':['a']} | without either anybody could send alerts",
                "{'name':'a','kind':'alertmanager','token_sha256':['secret'],'flags':['a']} | /receivers/0/token_sha256: expected a list",
                "{'name':'a','kind':'signed','secret_file':'s','flags':['a:b']} | /receivers/0/flags: expected a list",
                "{'name':'a','kind':'signed','secret_file':'s','flags':['a'],'mod':'observe'} | found \"mod\"",
                "{'name':'a','kind':'signed','secret_file':'s','flags':['*'],'action':'roll_back'} | have no stages",
                "{'name':'a','kind':'signed','secret_file':'s','flags':['*'],'action':'pause'} | have no stages",
                "{'name':'a','kind':'signed','secret_file':'s','flags':['a'],'action':'revive'} | /receivers/0/action: expected one of [kill, roll_back, pause]",
                "{'name':'a','kind':'signed','secret_file':'s','flags':['a'],'max_switches_per_hour':0} | expected 1 to 10000",
                "{'name':'a','kind':'pagerduty','secret_file':'s','flags':['a']} | /receivers/0/services",
                "{'name':'a','kind':'pagerduty','secret_file':'s','flags':['a'],'services':{'P':'b'}} | expected flags that are in /flags",
            })
    void are_refused_with_the_place(String receiver, String message) {
        assertThatThrownBy(() -> parse(receiver))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void have_a_name_each() {
        String one = "{'name':'a','kind':'signed','secret_file':'s','flags':['a']}";

        assertThatThrownBy(() -> parse(one + "," + one)).hasMessageContaining("/receivers/1/name");
    }
}
