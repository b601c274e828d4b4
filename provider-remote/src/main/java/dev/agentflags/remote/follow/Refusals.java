package dev.agentflags.remote.follow;

import org.jspecify.annotations.Nullable;

/**
 * The document that was refused last, and how often in a row. One that is bad once may be half-written, or come from one server of
 * several that lags behind. Not safe for use by many threads.
 */
final class Refusals {

    private static final int WORTH_TELLING = 2;

    private @Nullable Held last;
    private String reason = "";
    private int inARow;

    /** Returns why this document was refused, or null if it was not the last one that was. */
    @Nullable
    String reason(String hash) {
        return last != null && last.hash().equals(hash) ? reason : null;
    }

    /** A document was refused, perhaps the same again. */
    void add(Held document, String why) {
        last = document;
        reason = why;
        inARow++;
    }

    /** A document was accepted, or is still in force. */
    void clear() {
        last = null;
        inARow = 0;
    }

    boolean areWorthTelling() {
        return inARow >= WORTH_TELLING;
    }

    /** Returns the serial of the last one, or null if there is none, or it has none. */
    @Nullable
    Long serial() {
        return last == null ? null : last.serial();
    }
}
