package dev.agentflags.agent.outcome;

/**
 * What became of the outcomes that were reported so far, counted once for each listener.
 *
 * @param delivered the listener took it
 * @param dropped the listener's queue was full, or it was closed
 * @param failed the listener threw
 */
public record DeliveryCounts(long delivered, long dropped, long failed) {

    /** These and {@code others} together. */
    public DeliveryCounts plus(DeliveryCounts others) {
        return new DeliveryCounts(delivered + others.delivered, dropped + others.dropped, failed + others.failed);
    }
}
