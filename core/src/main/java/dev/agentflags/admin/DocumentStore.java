package dev.agentflags.admin;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps one document and its audit trail. Safe for use by many threads and many processes. */
public interface DocumentStore {

    /**
     * Returns the document and its version.
     *
     * @throws IOException if it cannot be read
     */
    Stored load() throws IOException;

    /**
     * Replaces the document, if it still has the version that the change was made for, and adds the entry to the audit trail. When
     * this returns, both are durable. An entry that {@linkplain AuditEntry#isKill() kills} does not fail for the audit trail.
     *
     * @param expected what {@link #load} returned
     * @param text the new document
     * @return the document as it is kept now, or null if somebody else was first
     * @throws IOException if it cannot be written; the old document is still there
     */
    @Nullable
    Stored replace(Stored expected, String text, AuditEntry entry) throws IOException;

    /**
     * Adds an entry to the audit trail about something that changed nothing, such as an attempt that was refused.
     *
     * @throws IOException if it cannot be written
     */
    void record(AuditEntry entry) throws IOException;

    /**
     * Returns the audit trail, oldest entry first.
     *
     * @throws IOException if it cannot be read
     */
    List<AuditEntry> audit() throws IOException;
}
