package dev.agentflags.server.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;

/** The newest document that this process has seen in Redis. Safe for use by many threads. */
final class Newest {

    private volatile @Nullable Kept kept;

    @Nullable
    Kept get() {
        return kept;
    }

    /**
     * Remembers a document, unless another thread has seen a newer one meanwhile.
     *
     * @param before what {@link #get} returned before the document was read or written
     */
    synchronized void remember(@Nullable Kept before, Kept next) {
        Kept now = kept;
        if (now == null || now.equals(before) || isLater(next.id(), now.id())) {
            kept = next;
        }
    }

    private static boolean isLater(String id, String than) {
        return than.isEmpty() || (!id.isEmpty() && new StreamEntryID(id).compareTo(new StreamEntryID(than)) > 0);
    }
}
