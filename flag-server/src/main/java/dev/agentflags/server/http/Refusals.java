package dev.agentflags.server.http;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.server.store.StoreWorker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private final Clock clock;
    private Instant since = Instant.EPOCH;
    private int count;

    public Refusals(StoreWorker worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Somebody was refused.
     *
     * @param token the name of the token
     * @param flag the key that was meant, or null
     * @param what was asked for, and which right is missing
     */
    void add(String token, @Nullable String flag, String what) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (since.plus(MINUTE).isBefore(now)) {
            since = now;
            count = 0;
        }
        count++;
        if (count <= MAX_A_MINUTE) {
            worker.record(new AuditEntry(now, token, "refused", flag, what, null, null, null));
        }
        if (count == MAX_A_MINUTE) {
            LOG.warn(
                    "many changes are refused for want of a right, the last one to {}; no more are recorded for a minute",
                    token);
        }
    }
}
