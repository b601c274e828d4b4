package dev.agentflags.remote.follow;

import dev.agentflags.model.Revision;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a document that is new, or the current one.
 *
 * @param serial the document's, or null where the server does not say
 * @param lineage the document's, or null where the server does not say
 * @param etag the document's, or null where the server does not say
 * @param maxDelay every provider is to wait for a random part of this, so that they do not come all at once
 */
public record Notice(
        @Nullable Long serial,
        @Nullable String lineage,
        @Nullable String etag,
        Duration maxDelay) {

    /** Something has changed, and that is all that is known. */
    public static final Notice UNSPECIFIED = new Notice(null, null, null, Duration.ofSeconds(1));

    /** Whether this tells of the very document that somebody has. */
    boolean isOf(@Nullable Revision revision, @Nullable String ofEtag) {
        if (serial == null) {
            return etag != null && ofEtag != null && strong(etag).equals(strong(ofEtag));
        }
        return revision != null && serial == revision.serial() && isOfLineage(revision);
    }

    private static String strong(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    /**
     * Whether somebody who has asked after this was told has got it.
     *
     * @param revision of what he has; where there is nothing to compare, he has what there was to get
     */
    boolean isServedBy(@Nullable Revision revision) {
        return serial == null || revision == null || (isOfLineage(revision) && revision.serial() >= serial);
    }

    private boolean isOfLineage(Revision revision) {
        return lineage == null || Objects.equals(lineage, revision.lineage());
    }
}
