package dev.agentflags.cli;

import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.remote.RemoteBuilder;
import dev.agentflags.remote.RemoteFlags;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the flags of a server. */
interface Servers {

    /**
     * Opens a server, which is not asked yet.
     *
     * @param token says who we are to the server; null where it wants to know nothing
     * @param actor who is written into the audit trail
     * @throws IllegalArgumentException if that is no address of a server
     */
    FlagAdmin open(URI url, @Nullable Supplier<String> token, String actor);

    /** Opens a flag server by way of its API. */
    static FlagAdmin remote(URI url, @Nullable Supplier<String> token, String actor) {
        RemoteBuilder builder = RemoteFlags.builder(url.toString());
        return (token == null ? builder : builder.token(token)).admin(actor);
    }
}
