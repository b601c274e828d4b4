package dev.agentflags.server.store;

import dev.agentflags.admin.DocumentStore;
import dev.agentflags.source.FlagSource;
import java.io.IOException;

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
     * Keeps a document that is refused, before a kill replaces it by the last good one, so that nobody's work is lost.
     *
     * @return where it is kept, for people
     * @throws IOException if it cannot be kept; the kill is done nevertheless
     */
    String keepAside(String text) throws IOException;
}
