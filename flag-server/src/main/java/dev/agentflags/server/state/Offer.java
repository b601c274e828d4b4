package dev.agentflags.server.state;

import org.jspecify.annotations.Nullable;

/**
 * What became of a document that was offered: one of the two is null.
 *
 * @param published the document as it is served
 * @param refusal why it is not, for people
 */
public record Offer(@Nullable Published published, @Nullable String refusal) {

    static Offer refused(String why) {
        return new Offer(null, why);
    }
}
