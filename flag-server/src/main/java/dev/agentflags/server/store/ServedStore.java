package dev.agentflags.server.store;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.Stored;
import dev.agentflags.server.state.Offer;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.state.Publisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store as those see it who are served from it: a document's version is its ETag, and whatever is read or written is published
 * at once. Not safe for use by many threads.
 */
final class ServedStore implements DocumentStore {

    private static final Logger LOG = LoggerFactory.getLogger(ServedStore.class);

    private final FlagStore store;
    private final Publisher publisher;
    private final boolean overRefused;
    private @Nullable Stored kept;
    private boolean refused;

    /**
     * Makes one for one operation.
     *
     * @param overRefused whether the last document that was served stands for one in the store that is refused: a kill must get
     *     through
     */
    ServedStore(FlagStore store, Publisher publisher, boolean overRefused) {
        this.store = store;
        this.publisher = publisher;
        this.overRefused = overRefused;
    }

    @Override
    public Stored load() throws IOException {
        Stored stored = store.documents().load();
        Offer offer = offer(stored);
        if (offer.refusal() != null) { // perhaps only because somebody else has written and published a later one since
            stored = store.documents().load();
            offer = offer(stored);
        }
        kept = stored;
        refused = offer.refusal() != null;
        if (offer.published() != null) {
            return new Stored(stored.text(), offer.published().etag());
        }
        if (!overRefused) {
            throw new RefusedDocumentException(String.valueOf(offer.refusal()));
        }
        Published last = publisher.current();
        return new Stored(last.text(), last.etag());
    }

    private Offer offer(Stored stored) {
        return publisher.offer(stored.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Stored replace(Stored expected, String text, AuditEntry entry) throws IOException {
        Stored before = kept;
        if (before == null) {
            throw new IllegalStateException("nothing was loaded");
        }
        if (refused) {
            keepAside(before.text());
        }
        Stored replaced = store.documents().replace(before, text, entry);
        if (replaced == null) {
            return null;
        }
        Offer offer = offer(replaced);
        // refused only where somebody else has replaced it by a later one, which is published already
        Published now = offer.published() == null ? publisher.current() : offer.published();
        return new Stored(text, now.etag());
    }

    private void keepAside(String text) {
        try {
            LOG.warn(
                    "a kill replaces a document that is refused by the last good one; the other is kept as {}",
                    store.keepAside(text));
        } catch (IOException e) {
            LOG.warn("a kill replaces a document that is refused; it could not be kept: {}", e.getMessage());
        }
    }

    @Override
    public void record(AuditEntry entry) throws IOException {
        store.documents().record(entry);
    }

    @Override
    public List<AuditEntry> audit() throws IOException {
        return store.documents().audit();
    }
}
