package dev.agentflags.agent.conversation;

import org.jspecify.annotations.Nullable;

/**
 * Whose turns belong together. Tenant and user are a part of it, so that a conversation's id that somebody else guesses or
 * shares does not bring that user's decisions along. An anonymous caller who signs in begins anew.
 *
 * @param agent the agent's name
 * @param tenant null for a caller of none
 * @param userId null for an anonymous caller
 * @param id of the conversation, unique for this agent, tenant and user
 */
public record Conversation(
        String agent, @Nullable String tenant, @Nullable String userId, String id) {

    /** Describes this conversation without anyone's id, since this may end in a log. */
    @Override
    public String toString() {
        return "Conversation[agent=" + agent + "]";
    }
}
