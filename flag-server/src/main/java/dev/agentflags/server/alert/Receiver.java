package dev.agentflags.server.alert;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may send alerts, and what follows from them. Immutable; has no secrets in it.
 *
 * @param name also the end of its path
 * @param kind what it sends, and how it proves that it does
 * @param tokenHashes SHA-256, in hexadecimal, of the tokens that count
 * @param secretFile holds the tokens or secrets that count, one a line; or null
 * @param signatureHeaders where a signature is; the first that a request has counts
 * @param timestampHeader where the time is that is signed, too; or null for none
 * @param flags that it may act on, {@code *} standing for the switch of all, not for every flag
 * @param mode whether anything is done
 * @param action what is done
 * @param maxSwitchesPerHour how many different flags it may kill in an hour
 * @param services PagerDuty's service ids, each with its flag
 */
public record Receiver(
        String name,
        Kind kind,
        List<String> tokenHashes,
        @Nullable Path secretFile,
        List<String> signatureHeaders,
        @Nullable String timestampHeader,
        Set<String> flags,
        Mode mode,
        Action action,
        int maxSwitchesPerHour,
        Map<String, String> services) {

    /** Stands for the switch of all flags. */
    public static final String ALL = "*";

    public Receiver {
        tokenHashes = List.copyOf(tokenHashes);
        signatureHeaders = List.copyOf(signatureHeaders);
        flags = Set.copyOf(flags);
        services = Map.copyOf(services);
    }

    /** What is sent. */
    public enum Kind {
        /** Prometheus Alertmanager's webhook, with a token. */
        ALERTMANAGER,
        /** Grafana's webhook, with a token or a signature. */
        GRAFANA,
        /** PagerDuty's webhook of version 3, with signatures. */
        PAGERDUTY,
        /** Our own form, signed with the time. */
        SIGNED
    }

    /** Whether anything is done. */
    public enum Mode {
        /** What would be done is only recorded. */
        OBSERVE,
        /** It is done. */
        ENFORCE
    }

    /** What is done. */
    public enum Action {
        /** The flag is killed. */
        KILL,
        /** The flag's rollout goes back by one stage. */
        ROLL_BACK,
        /** The flag's rollout stays where it is until a person advances it. */
        PAUSE
    }

    /** Returns who is written into the audit trail. */
    public String actor() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
    }
}
