package dev.agentflags.server.store;

import java.io.IOException;

/** What the store has must not be served, and so must not be changed either. */
final class RefusedDocumentException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedDocumentException(String refusal) {
        super("the document in the store is refused, mend it first: " + refusal);
    }
}
