package dev.agentflags.source;

/**
 * Delivers flag documents, now and whenever they change.
 *
 * <p>An implementation is started once and closed once. It calls its listener from one thread at a time, in the order in which
 * it saw the documents, and never after {@link #close()} has returned.
 */
public interface FlagSource extends AutoCloseable {

    /**
     * Begins to deliver documents, and returns without waiting for the first.
     *
     * @throws IllegalStateException if this source was started or closed before
     */
    void start(Listener listener);

    /** Stops delivering, and every thread of this source, within a second. Closing twice is harmless. */
    @Override
    void close();

    /** Who is told what a source sees. Its methods return soon and do not throw. */
    interface Listener {

        /**
         * A document was seen that differs from the last one delivered.
         *
         * @param utf8 the document's bytes, not to be changed afterwards
         * @return whether it is now in force; if not, what was in force before still is, and the source is to ask again
         */
        boolean deliver(byte[] utf8);

        /** The last document that was delivered and accepted is still the current one. */
        void confirm();

        /**
         * The document cannot be had at present, and has been away for longer than is usual. The source goes on trying.
         *
         * @param problem what is wrong and where, for people
         */
        void fail(String problem);
    }
}
