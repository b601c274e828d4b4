package dev.agentflags.remote;

import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.openfeature.AgentFlagsProvider;
import java.util.function.Supplier;

/**
 * Flags behind HTTP: a provider that follows them, and administration through a flag server.
 *
 * <pre>{@code
 * OpenFeatureAPI.getInstance().setProviderAndWait(RemoteFlags.provider("https://flags.example.com"));
 * RemoteFlags.admin("https://flags.example.com", () -> token, "alice").kill("new_reasoning_prompt", "answers are wrong");
 * }</pre>
 */
public final class RemoteFlags {

    private RemoteFlags() {}

    /**
     * Returns a provider with default options.
     *
     * @param url of a flag server, such as {@code https://flags.example.com}, or of a document that any server has, such as
     *     {@code https://static.example.com/flags.json}
     * @throws IllegalArgumentException if it is neither, or {@code http} to another machine than this one
     */
    public static AgentFlagsProvider provider(String url) {
        return builder(url).build();
    }

    /**
     * Starts to build a provider. It is named {@code agentflags-remote:} and the document's URL unless that is set.
     *
     * @param url of a flag server, such as {@code https://flags.example.com}, or of a document that any server has, such as
     *     {@code https://static.example.com/flags.json}
     * @throws IllegalArgumentException if it is neither
     */
    public static RemoteBuilder builder(String url) {
        return new RemoteBuilder(url);
    }

    /**
     * Returns administration of the flags of a server, with default options; {@link RemoteBuilder#admin} has others.
     *
     * @param url of a flag server, such as {@code https://flags.example.com}
     * @param token gives the token that is sent with each request; asked each time
     * @param actor who is written into the audit trail, beside the token's name
     * @throws IllegalArgumentException if the URL is none, or {@code http} to another machine than this one
     */
    public static FlagAdmin admin(String url, Supplier<String> token, String actor) {
        return builder(url).token(token).admin(actor);
    }
}
