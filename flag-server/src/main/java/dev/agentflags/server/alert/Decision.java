package dev.agentflags.server.alert;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one alert. Immutable.
 *
 * @param receiver whose it is
 * @param verdict what is to become of it
 * @param key the flag's, {@code *} for the switch of all, or null where the alert names none that can be one
 * @param reason for people
 * @param identity of the alert
 */
public record Decision(
        Receiver receiver, Verdict verdict, @Nullable String key, String reason, String identity) {

    /** Returns what is to be done, if anything is. */
    public @Nullable Operation operation() {
        String flag = key;
        if (verdict != Verdict.ACT || flag == null) {
            return null;
        }
        return switch (receiver.action()) {
            case KILL -> flag.equals(Receiver.ALL) ? new Operation.KillAll(reason) : new Operation.Kill(flag, reason);
            case ROLL_BACK -> new Operation.RollBack(flag, reason);
            case PAUSE -> new Operation.Pause(flag, reason);
        };
    }

    /** Returns what the audit trail is told where nothing is done, or null where it need not be. */
    public @Nullable AuditEntry entry(Instant now) {
        return switch (verdict) {
            case ACT, REPEATED -> null;
            case OBSERVE, NO_DATA, CLEAR, FORBIDDEN, UNKNOWN, LIMITED ->
                new AuditEntry(now, receiver.actor(), "alert-" + verdict, key, reason, null, null, null);
        };
    }
}
