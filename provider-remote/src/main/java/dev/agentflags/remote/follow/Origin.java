package dev.agentflags.remote.follow;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the document is, and the stream that tells of its changes. Safe for use by two threads, of which one fetches and one
 * listens.
 */
public interface Origin extends AutoCloseable {

    /** Asks for the document. Whatever goes wrong is an answer. */
    Answer fetch(Request request);

    /**
     * Listens to a stream until it ends.
     *
     * @param client who asks, as the header {@code Flags-Client} has it
     * @return why it ended, or could not be opened
     */
    Answer.Failure listen(URI stream, String client, Hearing hearing);

    /** Makes the stream end that is being listened to, if there is one. */
    void hangUp();

    /** Makes everything end at once, now and from now on. */
    @Override
    void close();

    /**
     * A request for the document.
     *
     * @param etag of the document that the asker has, or null to get it in any case
     * @param client who asks, as the header {@code Flags-Client} has it
     * @param timeout for everything, from the name's resolution to the last byte
     */
    record Request(@Nullable String etag, String client, Duration timeout) {}

    /** Who listens to a stream. */
    interface Hearing {

        /** The stream is there. */
        void opened();

        /** The server is alive, and has nothing new to tell. */
        void alive();

        /** The document has changed, or may have. */
        void announced(Notice notice);

        /** The server asks to wait this long before the stream is opened again, should it end. */
        void retry(Duration delay);
    }
}
