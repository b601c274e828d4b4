package dev.agentflags.remote.follow;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a request for the document. */
public sealed interface Answer {

    /**
     * The document, complete.
     *
     * @param utf8 its bytes
     * @param etag names these bytes, or null where the server does not name them
     * @param stream where changes are told, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Document(
            byte[] utf8, @Nullable String etag, @Nullable URI stream) implements Answer {}

    /** The document is the one that the asker has. */
    record NotModified() implements Answer {}

    /**
     * No document.
     *
     * @param problem what is wrong, for people; without secrets, and the same for the same
     * @param retryAfter how long the server asks to be left alone, or null
     */
    record Failure(String problem, Kind kind, @Nullable Duration retryAfter) implements Answer {

        /** Makes a failure of which the server says nothing more. */
        public Failure(String problem, Kind kind) {
            this(problem, kind, null);
        }

        /** Returns a failure that is likely to pass. */
        public static Failure passing(String problem) {
            return new Failure(problem, Kind.PASSING);
        }

        /** Returns a failure that is likely to last until somebody does something. */
        public static Failure lasting(String problem) {
            return new Failure(problem, Kind.LASTING);
        }
    }

    /** How long a failure is likely to last. */
    enum Kind {
        /** A server that restarts, a line that is down. */
        PASSING,
        /** A token that is not right, a certificate that is not trusted. */
        LASTING,
        /** There is no such thing; only of a stream. */
        UNSUPPORTED
    }
}
