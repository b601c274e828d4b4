package dev.agentflags.server.store;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.rollout.GuardStore;
import dev.agentflags.source.FlagSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keeps the document of a server. Others may change it, too. */
public interface FlagStore {

    /** Returns what it is called in messages, such as {@code file:flags.json}. */
    String name();

    /** Returns the document and its audit trail. Used by one thread, but for {@link DocumentStore#audit()}. */
    DocumentStore documents();

    /**
     * Returns a source of the document as it changes, whoever changes it; not yet started. It confirms the document at least every
     * few seconds while the store can be read.
     */
    FlagSource changes();

    /**
     * Returns where a guard keeps what it knows, or null where this store has no place for that, so that its flags are not guarded by
     * the server.
     */
    default @Nullable GuardStore guardStore() {
        return null;
    }

    /**
     * Returns how many replicas had the last change of this process when it was reported done, or null where none are waited for.
     * Used by the thread that makes the changes.
     */
    default @Nullable Long replicated() {
        return null;
    }

    /**
     * Looks whether every line of the audit trail still follows the one before it. Used by a thread of its own.
     *
     * @throws IOException if it cannot be read
     */
    AuditCheck checkAudit() throws IOException;

    /**
     * Keeps a document that is refused, before a kill replaces it by the last good one, so that nobody's work is lost.
     *
     * @return where it is kept, for people
     * @throws IOException if it cannot be kept; the kill is done nevertheless
     */
    String keepAside(String text) throws IOException;
}
