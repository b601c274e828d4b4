package dev.agentflags.server.http;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.StoreWorker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes attempts to change something without the right to do so into the audit trail; not more than some a minute, for who may
 * not change flags must not be able to fill the disk either. Only for the event loop.
 */
public final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int MAX_A_MINUTE = 30;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final StoreWorker worker;
    private final Supplier<Published> current;
    private final Clock clock;
    private Instant since = Instant.EPOCH;
    private int count;

    public Refusals(StoreWorker worker, Supplier<Published> current, Clock clock) {
        this.worker = worker;
        this.current = current;
        this.clock = clock;
    }

    /**
     * Somebody was refused.
     *
     * @param token the name of the token
     * @param endpoint what was asked for
     * @param key in its path; kept only where it is a flag's, for strangers must not choose what is in the audit trail
     * @param why it was refused
     */
    void add(String token, Endpoint endpoint, @Nullable String key, String why) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (since.plus(MINUTE).isBefore(now)) {
            since = now;
            count = 0;
        }
        count++;
        if (count <= MAX_A_MINUTE) {
            boolean known =
                    key != null && current.get().snapshot().ruleset().flags().containsKey(key);
            String reason = endpoint.methods().get(0) + " " + endpoint.path() + ": " + why;
            worker.record(new AuditEntry(now, token, "refused", known ? key : null, reason, null, null, null));
        }
        if (count == MAX_A_MINUTE) {
            LOG.warn(
                    "many changes are refused for want of a right, the last one to {}; no more are recorded for a minute",
                    token);
        }
    }
}
