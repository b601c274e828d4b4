package dev.agentflags.server.redis;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Ruleset;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a Redis that does not have what this process has seen in it: it was emptied, restored from a backup, or failed
 * over to a replica that had not heard of the last writes. The newer document stays, and every kill that either has is kept, since
 * nobody has taken it back: who revived a flag there did not know of the kill that was lost, and the other way round.
 */
final class Mending {

    private Mending() {}

    /**
     * What is to be written.
     *
     * @param text the document
     * @param entry says so in the audit trail
     */
    record Mended(String text, AuditEntry entry) {}

    /**
     * Compares.
     *
     * @param known the newest document that was seen in Redis before
     * @param found what is there now, or null for nothing
     * @return null if what is there now can stay as it is
     */
    static @Nullable Mended of(Kept known, @Nullable Kept found, Instant now) throws IOException {
        Ruleset ours = read(known.text());
        if (found == null) {
            return mended(known.text(), List.of(), ours, "Redis has lost the document", now);
        }
        Ruleset theirs = read(found.text());
        if (ours == null || theirs == null) {
            return null; // nothing is known of kills, and a document with errors was written by somebody on purpose
        }
        if (isOlder(theirs, ours)) {
            List<Operation> kills = missing(theirs, ours);
            return mended(known.text(), kills, ours, "Redis went back to serial " + theirs.serial(), now);
        }
        List<Operation> kills = missing(ours, theirs);
        return kills.isEmpty()
                ? null
                : mended(found.text(), kills, theirs, "Redis had lost serial " + ours.serial(), now);
    }

    private static @Nullable Ruleset read(String text) {
        try {
            return DocumentReader.read(text).ruleset();
        } catch (DocumentException e) {
            return null;
        }
    }

    private static boolean isOlder(Ruleset ruleset, Ruleset than) {
        if (than.revision() == null) {
            return false;
        }
        return ruleset.revision() == null || ruleset.revision().isOlderThan(than.revision());
    }

    /** Returns the kills that one ruleset has and another has not, for flags that are in both. */
    private static List<Operation> missing(Ruleset from, Ruleset in) {
        List<Operation> kills = new ArrayList<>();
        if (isEngaged(from.killSwitch()) && !isEngaged(in.killSwitch())) {
            kills.add(new Operation.KillAll(reason(Objects.requireNonNull(from.killSwitch()))));
        }
        from.flags().forEach((key, definition) -> {
            var other = in.flags().get(key);
            if (definition.killSwitch().engaged()
                    && other != null
                    && !other.killSwitch().engaged()) {
                kills.add(new Operation.Kill(key, reason(definition.killSwitch())));
            }
        });
        return kills;
    }

    private static boolean isEngaged(@Nullable KillSwitch killSwitch) {
        return killSwitch != null && killSwitch.engaged();
    }

    private static String reason(KillSwitch lost) {
        return "kept although Redis had lost it: " + Objects.requireNonNullElse(lost.reason(), "killed");
    }

    private static Mended mended(
            String base, List<Operation> kills, @Nullable Ruleset ruleset, String problem, Instant now)
            throws IOException {
        var document = new Memory(base);
        var admin = new StoreAdmin(document, "store", Clock.fixed(now, ZoneOffset.UTC));
        Long serial = ruleset == null ? null : ruleset.serial();
        List<String> keys = new ArrayList<>();
        for (Operation kill : kills) {
            try {
                serial = admin.apply(kill, null).serial();
            } catch (AdminException e) {
                throw new IOException("the kill of " + kill.key() + ", which Redis has lost, cannot be kept", e);
            }
            keys.add(kill.key() == null ? "all flags" : kill.key());
        }
        String reason = problem + (keys.isEmpty() ? "; put back" : "; kept the kill of " + String.join(", ", keys));
        return new Mended(document.text, new AuditEntry(now, "store", "restore", null, reason, null, null, serial));
    }

    /** A document that is changed before anyone sees it. */
    private static final class Memory implements DocumentStore {

        private String text;

        Memory(String text) {
            this.text = text;
        }

        @Override
        public Stored load() {
            return new Stored(text, "");
        }

        @Override
        public Stored replace(Stored expected, String replacement, AuditEntry entry) {
            text = replacement;
            return new Stored(replacement, "");
        }

        @Override
        public void record(AuditEntry entry) {}

        @Override
        public List<AuditEntry> audit() {
            return List.of();
        }
    }
}
