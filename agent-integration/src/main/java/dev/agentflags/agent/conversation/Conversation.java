package dev.agentflags.agent.conversation;

import org.jspecify.annotations.Nullable;

/**
 * Whose turns belong together. The user is a part of it, so that a conversation's id that somebody else guesses or
 * shares does not bring that user's decisions along. An anonymous caller who signs in begins anew.
 *
 * @param agent the agent's name
 * @param userId null for an anonymous caller
 * @param id of the conversation, unique for this agent and user
 */
public record Conversation(String agent, @Nullable String userId, String id) {

    /** Describes this conversation without anyone's id, since this may end in a log. */
    @Override
    public String toString() {
        return "Conversation[agent=" + agent + "]";
    }
}
