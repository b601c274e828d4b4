package dev.agentflags.remote.follow;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.model.Revision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a document that has been delivered. Immutable, so that it is taken as a whole or not at all.
 *
 * @param hash of its bytes
 * @param etag that the server has given it, or null
 * @param revision that it has itself, or null
 */
record Held(String hash, @Nullable String etag, @Nullable Revision revision) {

    static Held of(byte[] utf8, String hash, @Nullable String etag) {
        return new Held(hash, etag, revision(utf8));
    }

    private static @Nullable Revision revision(byte[] utf8) {
        try {
            return DocumentReader.revision(utf8);
        } catch (DocumentException e) {
            return null;
        }
    }

    Held withEtag(@Nullable String etag) {
        return new Held(hash, etag, revision);
    }

    /** Whether this is of the same store as another, as far as they say. */
    boolean continues(Held other) {
        return other.revision == null
                || (revision != null && Objects.equals(revision.lineage(), other.revision.lineage()));
    }

    @Nullable
    Long serial() {
        return revision == null ? null : revision.serial();
    }
}
