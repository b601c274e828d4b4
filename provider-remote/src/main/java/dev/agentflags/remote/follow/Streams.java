package dev.agentflags.remote.follow;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the follower says what to listen to. */
interface Streams {

    /** Listens to this stream from now on, or to none. */
    void to(@Nullable URI stream);

    /** Opens the stream anew. */
    void again();
}
