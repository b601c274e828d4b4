package dev.agentflags.admin;

import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.document.RecentDocument;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes the document of a store: reads it, changes it in memory, and replaces it if nobody else was first; otherwise begins
 * again. Safe for use by many threads.
 */
public final class StoreAdmin implements FlagAdmin {

    /** In UTF-16 units; of a longer reason about half is kept. */
    private static final int MAX_REASON = 2_000;

    /** How often somebody else may be first. A kill goes on for as long as it takes. */
    private static final int MAX_ATTEMPTS = 2_000;

    private final DocumentStore store;
    private final String actor;
    private final Clock clock;
    private final RecentDocument reader;

    /**
     * Makes an admin.
     *
     * @param actor who is written into the audit trail
     * @param clock what the time is
     */
    public StoreAdmin(DocumentStore store, String actor, Clock clock) {
        this(store, actor, clock, new RecentDocument());
    }

    /**
     * Makes an admin.
     *
     * @param reader may be shared with others who read what is written here, or have read it before
     */
    public StoreAdmin(DocumentStore store, String actor, Clock clock, RecentDocument reader) {
        this.store = store;
        this.reader = reader;
        this.actor = tidy(actor);
        this.clock = clock;
    }

    @Override
    public Outcome apply(Operation operation, @Nullable String ifVersion) throws AdminException {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS || operation.isKill(); attempt++) {
            Stored stored = document();
            if (ifVersion != null && !operation.isKill() && !ifVersion.equals(stored.version())) {
                throw new AdminException(
                        Kind.CONFLICT,
                        "the document has changed: expected version %s, found %s; look at it again"
                                .formatted(ifVersion, stored.version()));
            }
            Outcome outcome = attempt(operation, stored);
            if (outcome != null) {
                return outcome;
            }
        }
        throw new AdminException(
                Kind.UNAVAILABLE, "somebody else was first %d times in a row; try again".formatted(MAX_ATTEMPTS));
    }

    /** Returns null if somebody else was first. */
    private @Nullable Outcome attempt(Operation operation, Stored stored) throws AdminException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Draft draft = Draft.of(stored.text(), reader);
        FlagValue before = visible(draft, operation);
        String reason = tidy(operation.reason());
        String done = change(draft, operation, reason, now);
        if (done == null) {
            return new Outcome(false, draft.ruleset().serial(), stored.version(), "already so, nothing to do");
        }
        FlagValue after = visible(draft, operation);
        Long serial = draft.nextSerial();
        var entry = new AuditEntry(
                now,
                actor,
                operation.name(),
                operation.key(),
                reason,
                difference(before, after),
                difference(after, before),
                serial);
        Stored replaced = replace(stored, operation.isKill() ? draft.readable() : draft.sound(), entry);
        return replaced == null ? null : new Outcome(true, serial, replaced.version(), done);
    }

    /** A reason may be a stack trace, or a piece of a model's answer; neither must hold up a kill. */
    private static String tidy(String reason) {
        String valid = new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return valid.length() <= MAX_REASON
                ? valid
                : valid.substring(0, valid.offsetByCodePoints(0, MAX_REASON / 2)) + "…";
    }

    private @Nullable String change(Draft draft, Operation operation, String reason, Instant now)
            throws AdminException {
        if (operation instanceof Operation.Kill kill) {
            return KillSwitches.kill(draft, kill.key(), reason, actor, now);
        }
        if (operation instanceof Operation.KillAll) {
            return KillSwitches.killAll(draft, reason, actor, now);
        }
        if (operation instanceof Operation.Revive revive) {
            return KillSwitches.revive(draft, revive.key());
        }
        if (operation instanceof Operation.ReviveAll) {
            return KillSwitches.reviveAll(draft);
        }
        if (operation instanceof Operation.Advance advance) {
            return Stages.advance(draft, advance.key(), now);
        }
        if (operation instanceof Operation.RollBack rollBack) {
            return Stages.rollBack(draft, rollBack.key(), now);
        }
        if (operation instanceof Operation.Pause pause) {
            return Stages.pause(draft, pause.key(), reason, actor, now);
        }
        if (operation instanceof Operation.Put put) {
            return Definitions.put(draft, put.key(), put.flag());
        }
        if (operation instanceof Operation.Remove remove) {
            return Definitions.remove(draft, remove.key());
        }
        if (operation instanceof Operation.Adopt adopt) {
            return draft.adopt(adopt.after());
        }
        throw new AssertionError("not a kind of operation: " + operation);
    }

    /** What the audit trail compares: the flag, or the root's switch. */
    private static @Nullable FlagValue visible(Draft draft, Operation operation) throws AdminException {
        String key = operation.key();
        return key == null ? draft.rootKillSwitch() : draft.json(key);
    }

    /** Returns the fields of one flag that another has not, or has otherwise; all of it where one of them is no object. */
    private static @Nullable FlagValue difference(@Nullable FlagValue of, @Nullable FlagValue from) {
        if (!(of instanceof Structure here) || !(from instanceof Structure there)) {
            return of;
        }
        Map<String, FlagValue> fields = new LinkedHashMap<>(here.fields());
        fields.entrySet()
                .removeIf(field -> field.getValue().equals(there.fields().get(field.getKey())));
        return new Structure(fields);
    }

    private @Nullable Stored replace(Stored stored, String text, AuditEntry entry) throws AdminException {
        try {
            return store.replace(stored, text, entry);
        } catch (IOException e) {
            throw new AdminException(Kind.UNAVAILABLE, "the document cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public Stored document() throws AdminException {
        try {
            return store.load();
        } catch (IOException e) {
            throw new AdminException(Kind.UNAVAILABLE, "the document cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public List<AuditEntry> audit() throws AdminException {
        try {
            return store.audit();
        } catch (IOException e) {
            throw new AdminException(Kind.UNAVAILABLE, "the audit trail cannot be read: " + e.getMessage(), e);
        }
    }
}
