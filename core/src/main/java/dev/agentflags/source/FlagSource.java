package dev.agentflags.source;

import org.jspecify.annotations.Nullable;

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
         * @return null if it is now in force. Otherwise why it is refused, for people: what was in force before still is, and
         *     nothing was reported. The source is to look again, and to call {@link #fail} with the reason if it finds the same;
         *     when that is depends on whether it can see a document that is still being written
         */
        @Nullable
        String deliver(byte[] utf8);

        /** The last document that was delivered and accepted is still the current one. */
        void confirm();

        /**
         * The document cannot be had at present, or is refused, and that has lasted for longer than is usual. The source goes on
         * trying, and may say the same again.
         *
         * @param problem what is wrong and where, for people
         */
        void fail(String problem);

        /**
         * The document has not been confirmed for longer than those allow who run this: besides what {@link #fail} does, every flag
         * is killed until a document is confirmed or accepted. A listener that cannot do that treats it as a failure.
         *
         * @param problem what is wrong and where, for people
         */
        default void lapse(String problem) {
            fail(problem);
        }
    }
}
