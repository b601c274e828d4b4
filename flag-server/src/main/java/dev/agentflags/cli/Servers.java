package dev.agentflags.cli;

import dev.agentflags.remote.RemoteBuilder;
import dev.agentflags.remote.RemoteFlags;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way to the flags of a server. */
interface Servers {

    /**
     * Returns the way to a server, which is not asked yet.
     *
     * @param token says who we are to the server; null where it wants to know nothing
     * @throws IllegalArgumentException if that is no address of a server
     */
    RemoteBuilder open(URI url, @Nullable Supplier<String> token);

    /** Returns the way to a flag server's API. */
    static RemoteBuilder remote(URI url, @Nullable Supplier<String> token) {
        RemoteBuilder builder = RemoteFlags.builder(url.toString());
        return token == null ? builder : builder.token(token);
    }
}
