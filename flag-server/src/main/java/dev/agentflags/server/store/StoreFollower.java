package dev.agentflags.server.store;

import dev.agentflags.model.Revision;
import dev.agentflags.server.state.Offer;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.state.Publisher;
import dev.agentflags.server.state.StoreHealth;
import dev.agentflags.source.FlagSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what others change in the store. Called by one thread at a time. */
public final class StoreFollower implements FlagSource.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFollower.class);

    private final String store;
    private final Publisher publisher;
    private final StoreWorker worker;
    private final StoreHealth health;
    private final LongSupplier nanoTime;

    /** The last document was refused, and the source has not yet found it otherwise. */
    private boolean refused;

    /**
     * Makes a follower.
     *
     * @param store what the store is called in messages
     * @param nanoTime {@link System#nanoTime}
     */
    public StoreFollower(
            String store, Publisher publisher, StoreWorker worker, StoreHealth health, LongSupplier nanoTime) {
        this.store = store;
        this.publisher = publisher;
        this.worker = worker;
        this.health = health;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable String deliver(byte[] utf8) {
        Revision before = publisher.current().revision();
        Offer offer = publisher.offer(utf8);
        refused = offer.refusal() != null;
        if (offer.published() != null) {
            good();
            adoptIfNeeded(offer.published(), before);
        }
        return offer.refusal();
    }

    private void adoptIfNeeded(Published published, @Nullable Revision before) {
        Revision revision = published.revision();
        if (revision == null || revision.lineage() == null) {
            worker.adopt(before);
        }
    }

    @Override
    public void confirm() {
        refused = false;
        good();
    }

    private void good() {
        if (health.good(nanoTime.getAsLong())) {
            LOG.info("{} can be read and served again", store);
        }
    }

    @Override
    public void fail(String problem) {
        if (refused) {
            if (health.refused(nanoTime.getAsLong(), problem)) {
                LOG.warn("{} is refused, what was served before still is: {}", store, problem);
            }
        } else if (health.dead(nanoTime.getAsLong(), problem)) {
            LOG.warn("{} cannot be read, what was served before still is: {}", store, problem);
        }
    }
}
