package dev.agentflags.server.redis;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.Stored;
import dev.agentflags.server.redis.Mending.Mended;
import dev.agentflags.server.redis.RedisDocument.Found;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a document in Redis. What Redis has lost of what this process has seen is put back before anything else is done with it.
 * Safe for use by many threads and many processes.
 */
final class RedisStore implements DocumentStore {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

    private final String name;
    private final RedisDocument document;
    private final Newest newest;
    private final InstantSource clock;

    /**
     * Makes a store.
     *
     * @param name of the store in messages, without a password
     * @param newest what is known already; shared by all that look at the same keys
     */
    RedisStore(String name, RedisDocument document, Newest newest, InstantSource clock) {
        this.name = name;
        this.document = document;
        this.newest = newest;
        this.clock = clock;
    }

    @Override
    public Stored load() throws IOException {
        Kept kept = current();
        return new Stored(kept.text(), kept.version());
    }

    /**
     * Returns the document, after mending it where that is needed.
     *
     * @throws IOException if Redis cannot be read, or has no document and never had one that this process has seen
     */
    Kept current() throws IOException {
        while (true) {
            Kept known = newest.get();
            Found found = document.read(known);
            Kept kept = found.kept();
            if (known == null
                    || (kept != null && (found.follows() || kept.version().equals(known.version())))) {
                if (kept == null) {
                    throw new IOException(name + ": there is no document");
                }
                newest.remember(known, kept);
                return kept;
            }
            Kept mended = mend(known, found);
            if (mended != null) {
                newest.remember(known, mended);
                return mended;
            }
        }
    }

    /** Returns null if somebody else was first. */
    private @Nullable Kept mend(Kept known, Found found) throws IOException {
        Mended mended = Mending.of(known, found.kept(), clock.instant());
        if (mended == null) {
            return found.kept();
        }
        Kept written = document.write(found.version(), mended.text(), mended.entry());
        if (written != null) {
            LOG.warn("{}: {}", name, mended.entry().reason());
        }
        return written;
    }

    @Override
    public @Nullable Stored replace(Stored expected, String text, AuditEntry entry) throws IOException {
        Kept before = newest.get();
        Kept written = document.write(expected.version(), text, entry);
        if (written == null) {
            return null;
        }
        newest.remember(before, written);
        return new Stored(text, written.version());
    }

    @Override
    public void record(AuditEntry entry) throws IOException {
        document.record(entry);
    }

    @Override
    public List<AuditEntry> audit() throws IOException {
        return document.entries();
    }
}
